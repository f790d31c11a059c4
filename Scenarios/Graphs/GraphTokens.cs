using System.Text;

namespace GossipSim.Scenarios.Graphs;

/// <summary>A word, a text in quotes, or a sign of DOT or GML.</summary>
internal readonly record struct GraphToken(string Text, bool IsQuoted, int Line)
{
    public bool Is(string sign) => !IsQuoted && Text.Equals(sign, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Cuts DOT or GML into words, quoted texts and signs. Comments (//, /* */, lines that begin with #) are left out.
/// </summary>
/// <param name="hasEscapes">Whether \" within quotes is a quotation mark, as in DOT.</param>
internal sealed class GraphTokens(TextReader text, bool hasEscapes, GraphBuilder graph)
{
    private const int LongestToken = 1 << 20;
    private const string Signs = "[]{};,=:";

    private int line = 1;
    private bool isLineStart = true;
    private GraphToken? held;

    /// <summary>The next token, which stays the next one; null at the end.</summary>
    public GraphToken? Peek() => held ??= Read();

    public GraphToken? Next()
    {
        GraphToken? token = Peek();
        held = null;
        return token;
    }

    /// <summary>Takes the next token if it is this sign.</summary>
    public bool Take(string sign)
    {
        if (Peek() is not { } token || !token.Is(sign)) return false;
        held = null;
        return true;
    }

    /// <exception cref="Files.ScenarioException">The text has ended.</exception>
    public GraphToken Require(string what) =>
        Next() ?? throw graph.Wrong(line, $"the file ends where {what} is expected");

    private GraphToken? Read()
    {
        SkipBlanks();
        int letter = text.Peek();
        if (letter < 0) return null;
        int start = line;
        if (letter == '"') return new GraphToken(ReadQuoted(), IsQuoted: true, start);
        if (letter == '<') return new GraphToken(ReadMarkup(), IsQuoted: true, start);
        if (Signs.Contains((char)letter)) return new GraphToken(((char)Take()).ToString(), IsQuoted: false, start);
        return new GraphToken(ReadWord(), IsQuoted: false, start);
    }

    private int Take()
    {
        int letter = text.Read();
        if (letter == '\n') line++;
        isLineStart = letter == '\n' || (isLineStart && letter is ' ' or '\t' or '\r');
        return letter;
    }

    private void SkipBlanks()
    {
        for (int letter; (letter = text.Peek()) >= 0;)
        {
            if (letter == '#' && isLineStart)
                SkipLine();
            else if (letter == '/')
                SkipComment();
            else if (char.IsWhiteSpace((char)letter) || letter == '\uFEFF')
                Take();
            else
                return;
        }
    }

    private void SkipLine()
    {
        while (text.Peek() is >= 0 and not '\n') Take();
    }

    private void SkipComment()
    {
        Take();
        if (text.Peek() == '/')
        {
            SkipLine();
            return;
        }

        int start = line;
        if (Take() != '*') throw graph.Wrong(start, "found \"/\", which begins no comment");
        for (int last = 0, letter; (letter = Take()) >= 0; last = letter)
            if (last == '*' && letter == '/') return;
        throw graph.Wrong(start, "a comment is not closed");
    }

    private string ReadQuoted()
    {
        int start = line;
        Take();
        var quoted = new StringBuilder();
        for (int letter; (letter = Take()) >= 0;)
        {
            if (letter == '"') return quoted.ToString();
            bool isEscape = hasEscapes && letter == '\\' && text.Peek() is '"' or '\n';
            if (isEscape && Take() is var escaped and not '\n') Append(quoted, escaped, start);
            if (!isEscape) Append(quoted, letter, start);
        }

        throw graph.Wrong(start, "a \" is not closed");
    }

    /// <summary>A text in angle brackets, which may hold others.</summary>
    private string ReadMarkup()
    {
        int start = line, depth = 0;
        var markup = new StringBuilder();
        for (int letter; (letter = Take()) >= 0;)
        {
            depth += letter == '<' ? 1 : letter == '>' ? -1 : 0;
            Append(markup, letter, start);
            if (depth == 0) return markup.ToString()[1..^1];
        }

        throw graph.Wrong(start, "a < is not closed");
    }

    /// <summary>A word, a number, or one of the signs -- and ->.</summary>
    private string ReadWord()
    {
        var word = new StringBuilder();
        int start = line;
        while (text.Peek() is var letter and >= 0 && !char.IsWhiteSpace((char)letter)
            && !Signs.Contains((char)letter) && letter is not ('"' or '<'))
        {
            if (letter == '-' && hasEscapes)
            {
                if (word.Length == 0) return ReadEdgeSign();
                if (!IsExponent(word)) break;
            }

            Append(word, Take(), start);
        }

        return word.ToString();
    }

    /// <summary>An edge sign, or a number that begins with a minus.</summary>
    private string ReadEdgeSign()
    {
        Take();
        return text.Peek() is '-' or '>' ? $"-{(char)Take()}" : "-" + ReadWord();
    }

    private static bool IsExponent(StringBuilder word) =>
        word.Length > 1 && word[^1] is 'e' or 'E' && char.IsAsciiDigit(word[0]);

    private void Append(StringBuilder token, int letter, int start)
    {
        if (token.Length == LongestToken)
            throw graph.Wrong(start, $"a text is longer than {LongestToken} characters");
        token.Append((char)letter);
    }
}
