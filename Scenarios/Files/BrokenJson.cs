using System.Text;
using System.Text.Json;

namespace GossipSim.Scenarios.Files;

/// <summary>Says in words that help what the JSON reader found wrong.</summary>
internal static class BrokenJson
{
    /// <summary>Words of other languages that people write where JSON has none or another one.</summary>
    private static readonly Dictionary<string, string> foreignWords = new(StringComparer.Ordinal)
    {
        ["NaN"] = "JSON has no NaN; write a number",
        ["Infinity"] = "JSON has no Infinity; leave the key out where there is no limit",
        ["-Infinity"] = "JSON has no Infinity; leave the key out where there is no limit",
        ["undefined"] = "JSON has no undefined; leave the key out",
        ["None"] = "the JSON word is null",
        ["True"] = "the JSON word is true",
        ["False"] = "the JSON word is false",
    };

    public static string Explain(JsonException broken, ReadOnlySpan<byte> text, int offset)
    {
        string word = WordAt(text, offset);
        if (foreignWords.TryGetValue(word, out string? advice))
            return advice;
        if (word.StartsWith('\''))
            return "texts and keys stand in double quotes, not in single ones";
        if (word.Length > 0 && char.IsAsciiLetter(word[0]))
            return $"{word} must stand in double quotes";
        return WithoutAdviceForProgrammers(broken.Message);
    }

    /// <summary>The word around the offset: the reader may complain in its middle.</summary>
    private static string WordAt(ReadOnlySpan<byte> text, int offset)
    {
        int start = Math.Min(offset, text.Length);
        while (start > 0 && IsOfWord(text[start - 1]))
            start--;
        int end = start;
        while (end < text.Length && IsOfWord(text[end]))
            end++;
        return Encoding.ASCII.GetString(text[start..end]);
    }

    private static bool IsOfWord(byte letter) =>
        char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'\'' or (byte)'-';

    private static string WithoutAdviceForProgrammers(string message)
    {
        int end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string sentence = end < 0 ? message : message[..end];
        return sentence.Replace(" Change the reader options.", "", StringComparison.Ordinal);
    }
}
