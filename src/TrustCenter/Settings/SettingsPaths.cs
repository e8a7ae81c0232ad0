using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>The addresses of the settings.</summary>
public static class SettingsPaths
{
    extension(Paths paths)
    {
        public string Settings => paths.Today + "/settings";
        public string Brand => paths.Settings + "/brand";
        public string BrandPreviews => paths.Brand + "/previews";
        public string Scope => paths.Settings + "/scope";
        public string Topics => paths.Settings + "/topics";
        public string Audiences => paths.Settings + "/audiences";
        public string Hosts => paths.Settings + "/hosts";
        public string PrimaryHost => paths.Settings + "/primary-host";
        public string Hours => paths.Settings + "/hours";
        public string Defaults => paths.Settings + "/defaults";
        public string Retention => paths.Settings + "/retention";
        public string Notice => paths.Settings + "/notice";
        public string NoticePreviews => paths.Notice + "/previews";
        public string SignInSettings => paths.Settings + "/sign-in";
        public string Erasures => paths.Settings + "/erasures";

        public string HostChecks(Guid host) => $"{paths.Hosts}/{host:D}/checks";

        public string HostRemovals(Guid host) => $"{paths.Hosts}/{host:D}/removals";
    }
}
