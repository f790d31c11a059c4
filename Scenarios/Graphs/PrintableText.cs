using System.Globalization;

namespace GossipSim.Scenarios.Graphs;

/// <summary>Text of a file as messages repeat it: short, and without characters that a terminal acts on.</summary>
internal static class PrintableText
{
    /// <summary>How much of a wrong value a message repeats.</summary>
    private const int LongestQuote = 40;

    private const char ZeroWidthNonJoiner = '\u200C', ZeroWidthJoiner = '\u200D';

    /// <summary>In quotation marks, cut to 40 characters.</summary>
    public static string Quote(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> trimmed = text.Trim();
        string cut = trimmed.Length > LongestQuote ? $"{trimmed[..LongestQuote]}..." : trimmed.ToString();
        return $"\"{Of(cut)}\"";
    }

    /// <summary>With a blank for tabs and line ends, and a question mark for all else that is not printable.</summary>
    public static string Of(string text) => string.Concat(text.Select(letter => letter switch
    {
        '\t' or '\r' or '\n' => ' ',
        _ => IsUnprintable(letter) ? '?' : letter,
    }));

    /// <summary>Control characters, line separators, and marks that change the direction of text.</summary>
    public static bool IsUnprintable(char letter) => char.GetUnicodeCategory(letter) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => letter is not (ZeroWidthNonJoiner or ZeroWidthJoiner),
        _ => false,
    };
}
