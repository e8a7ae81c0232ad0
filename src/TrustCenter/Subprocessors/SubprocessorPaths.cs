using TrustCenter.Web;

namespace TrustCenter.Subprocessors;

/// <summary>The addresses of the console's list.</summary>
public static class SubprocessorPaths
{
    extension(Paths paths)
    {
        public string ConsoleSubprocessors => paths.Today + "/subprocessors";
        public string NewSubprocessor => paths.ConsoleSubprocessors + "/new";
        public string SubprocessorPublications => paths.ConsoleSubprocessors + "/publications";
        public string SubprocessorReturns => paths.ConsoleSubprocessors + "/returns";
        public string SubprocessorDrops => paths.ConsoleSubprocessors + "/drops";

        public string ConsoleSubprocessor(Guid entry) => $"{paths.ConsoleSubprocessors}/{entry:D}";
    }
}
