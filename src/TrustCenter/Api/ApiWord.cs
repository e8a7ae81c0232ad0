namespace TrustCenter.Api;

/// <summary>Words of an address, spelled as in JSON: camelCase, and never a number.</summary>
internal static class ApiWord
{
    public static bool TryParse<T>(string text, out T word) where T : struct, Enum
    {
        foreach (var known in Enum.GetValues<T>())
            if (Of(known) == text)
            {
                word = known;
                return true;
            }
        word = default;
        return false;
    }

    public static string Of<T>(T word) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(word.ToString());

    public static IReadOnlyList<string> All<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];
}
