using System.Buffers;
using System.Globalization;
using System.Text;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// Text of files, of the network and of the command line as it may be shown: what a terminal would obey and what no
/// reader can see is written as an escape, such as \u001B. That covers control characters, marks of writing direction
/// (U+202E), separators of lines (U+2028) and characters without width. Line feeds and tabs stay.
/// </summary>
internal static class VisibleText
{
    private static readonly SearchValues<char> hidden = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(IsHidden)]);

    public static string Of(string text) => text.AsSpan().ContainsAny(hidden) ? Escaped(text) : text;

    /// <summary>The same, and line feeds and tabs are blanks: it cannot begin a line of its own.</summary>
    public static string OnOneLine(string text) => Of(text.Replace("\r\n", " ", StringComparison.Ordinal))
        .Replace('\n', ' ').Replace('\t', ' ');

    /// <summary>The same, on one line, and blanks other than the plain one are escapes too.</summary>
    public static string WithBlanks(string text) => string.Concat(OnOneLine(text).Select(letter =>
        letter != ' ' && char.GetUnicodeCategory(letter) == UnicodeCategory.SpaceSeparator
            ? Escape(letter)
            : letter.ToString()));

    /// <summary>The index of the first character that is shown as an escape; -1 if there is none.</summary>
    public static int FirstHidden(ReadOnlySpan<char> text) => text.IndexOfAny(hidden);

    public static string Escape(char letter) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");

    private static string Escaped(string text)
    {
        var shown = new StringBuilder(text.Length + 16);
        for (int at = 0; at < text.Length; at++)
        {
            bool endsLine = text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n';
            if (!hidden.Contains(text[at]) || endsLine) shown.Append(text[at]);
            else shown.Append(Escape(text[at]));
        }

        return shown.ToString();
    }

    private static bool IsHidden(char letter) => letter switch
    {
        '\n' or '\t' => false,
        // These two join and separate the letters of some scripts, and emoji.
        '\u200C' or '\u200D' => false,
        _ => char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };
}
