namespace TrustCenter.Web;

/// <summary>What the system says when a file finds no room: ENOSPC, or EDQUOT where a quota ends it (Linux, errno.h), or ERROR_DISK_FULL.</summary>
internal static class FullDisk
{
    public static bool IsBehind(Exception failed) => failed is IOException { HResult: 28 or 122 or unchecked((int)0x80070070) };
}
