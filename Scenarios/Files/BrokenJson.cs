using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Files;

/// <summary>Says in words that help what the JSON reader found wrong.</summary>
internal static partial class BrokenJson
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

    /// <summary>What word processors, web pages and phones put where JSON has a plain character.</summary>
    private static readonly Dictionary<char, (string Name, string Advice)> lookAlikes = new()
    {
        ['\u201C'] = ("a curly quotation mark", "use \""),
        ['\u201D'] = ("a curly quotation mark", "use \""),
        ['\u201E'] = ("a low quotation mark", "use \""),
        ['\u201F'] = ("a curly quotation mark", "use \""),
        ['\u2018'] = ("a curly single quotation mark", "use \""),
        ['\u2019'] = ("a curly single quotation mark", "use \""),
        ['\u201A'] = ("a low single quotation mark", "use \""),
        ['\u00AB'] = ("an angle quotation mark", "use \""),
        ['\u00BB'] = ("an angle quotation mark", "use \""),
        ['\u2033'] = ("a double prime", "use \""),
        ['\uFF02'] = ("a wide quotation mark", "use \""),
        ['`'] = ("a backquote", "use \""),
        ['\u00A0'] = ("a no-break space", "use a plain blank"),
        ['\u2007'] = ("a figure space", "use a plain blank"),
        ['\u202F'] = ("a narrow no-break space", "use a plain blank"),
        ['\u2009'] = ("a thin space", "use a plain blank"),
        ['\u3000'] = ("a wide space", "use a plain blank"),
        ['\u200B'] = ("a zero-width space", "take it out"),
        ['\u200E'] = ("a left-to-right mark", "take it out"),
        ['\u200F'] = ("a right-to-left mark", "take it out"),
        ['\u202E'] = ("a right-to-left override", "take it out"),
        ['\u2028'] = ("a line separator", "use a plain line end"),
        ['\u2029'] = ("a paragraph separator", "use a plain line end"),
        ['\uFEFF'] = ("a byte order mark", "take it out"),
        ['\u2010'] = ("a hyphen", "use -"),
        ['\u2011'] = ("a no-break hyphen", "use -"),
        ['\u2013'] = ("an en dash", "use -"),
        ['\u2014'] = ("an em dash", "use -"),
        ['\u2212'] = ("a minus sign", "use -"),
        ['\uFF0C'] = ("a wide comma", "use ,"),
        ['\uFF1A'] = ("a wide colon", "use :"),
        ['\0'] = ("a NUL character", "take it out"),
        ['\e'] = ("an escape character", "take it out"),
    };

    /// <param name="offset">Where the reader stopped, in bytes.</param>
    public static string Explain(JsonException broken, ReadOnlySpan<byte> text, int offset)
    {
        if (broken.Message.Contains("within a JSON string", StringComparison.Ordinal))
            return InsideText(text, offset);
        if (Foreign(text, offset) is { } foreign)
            return foreign;
        string word = WordAt(text, offset);
        if (foreignWords.TryGetValue(word, out string? advice))
            return advice;
        if (word.StartsWith('\''))
            return "texts and keys stand in double quotes, not in single ones";
        if (DecimalComma(text, offset) is { } number)
            return number;
        if (broken.Message.Contains("invalid after a single JSON value", StringComparison.Ordinal))
            return "the file goes on after the end of the scenario";
        if (broken.Message.Contains("is invalid after a value", StringComparison.Ordinal))
            return "a comma is missing before this";
        if (word.Length > 0 && char.IsAsciiLetter(word[0]))
            return $"{word} must stand in double quotes";
        return WithoutAdviceForProgrammers(broken.Message);
    }

    /// <summary>The character there, when no JSON can have it outside of a text.</summary>
    private static string? Foreign(ReadOnlySpan<byte> text, int offset)
    {
        int start = Math.Min(offset, text.Length);
        while (start > 0 && start < text.Length && (text[start] & 0xC0) == 0x80)
            start--;
        if (Rune.DecodeFromUtf8(text[start..], out Rune rune, out _) != System.Buffers.OperationStatus.Done)
            return null;
        if (rune.IsBmp && lookAlikes.TryGetValue((char)rune.Value, out var known))
            return $"{known.Name} {Code(rune)}: {known.Advice}";
        if (rune.Value < ' ' && rune.Value is not ('\t' or '\n' or '\r'))
            return $"a control character {Code(rune)}: take it out";
        return rune.IsAscii ? null : $"the character {Code(rune)}{Shown(rune)}: it can stand only inside of a text";
    }

    /// <summary>The reader stops at the character that no text may have: mostly the end of its line.</summary>
    private static string InsideText(ReadOnlySpan<byte> text, int offset)
    {
        byte found = offset < text.Length ? text[offset] : (byte)'\n';
        if (found is (byte)'\n' or (byte)'\r')
        {
            string line = LineBefore(text, offset);
            int mark = line.AsSpan().LastIndexOfAny("\u201C\u201D\u201E\u201F");
            string curly = mark < 0
                ? ""
                : $"; {lookAlikes[line[mark]].Name} {Code(new Rune(line[mark]))} does not end it";
            return $"a text ends at its line's end without a closing \"{curly}";
        }

        if (found == '\t')
            return "a tab in a text: write \\t";
        return found < ' '
            ? $"a control character {Code(new Rune((char)found))} in a text: take it out, or write \\u{found:x4}"
            : "in a text, \\ begins an escape (\\n, \\t, \\\", \\u00e9): write \\\\ where it means itself";
    }

    /// <summary>As in <c>"factor": 2,5</c>: after a value no key can begin with a digit.</summary>
    private static string? DecimalComma(ReadOnlySpan<byte> text, int offset)
    {
        if (offset >= text.Length || !char.IsAsciiDigit((char)text[offset]))
            return null;
        Match before = NumberAndComma().Match(LineBefore(text, offset));
        if (!before.Success)
            return null;
        int end = offset;
        while (end < text.Length && char.IsAsciiDigit((char)text[end]))
            end++;
        string digits = Encoding.ASCII.GetString(text[offset..end]);
        string number = before.Groups[1].Value;
        return $"{number},{digits}: decimals have a point, {number}.{digits}";
    }

    private static string LineBefore(ReadOnlySpan<byte> text, int offset)
    {
        int end = Math.Min(offset, text.Length);
        int start = text[..end].LastIndexOf((byte)'\n') + 1;
        return Encoding.UTF8.GetString(text[start..end]);
    }

    private static string Code(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");

    private static string Shown(Rune rune) => VisibleText.FirstHidden(rune.ToString()) < 0 ? $" ({rune})" : "";

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

    [GeneratedRegex(@"(-?\d+),$")]
    private static partial Regex NumberAndComma();
}
