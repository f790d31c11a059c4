using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Cells with commas, semicolons or tabs between them (RFC 4180), blanks around them left out. Rows without any value
/// are skipped; from a cell that begins with { on, the rest of a row is one cell.
/// </summary>
internal sealed class DelimitedRows : Rows
{
    private const int LongestCell = 1 << 16;

    private readonly CsvParser parser;
    private readonly InputSource source;

    public DelimitedRows(ContentLines lines, char separator, InputSource source)
    {
        this.source = source;
        parser = new CsvParser(new ContentText(lines), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false,
            Delimiter = separator.ToString(),
            TrimOptions = TrimOptions.Trim,
            MaxFieldSize = LongestCell,
            BadDataFound = bad => throw source.Wrong(
                bad.Context.Parser!.RawRow - bad.Field.Count(letter => letter == '\n'),
                $"found {PrintableText.Quote(bad.Field)}: quotation marks enclose a whole value, and a mark within is "
                + "written twice"),
        });
    }

    public override int Line => parser.RawRow;

    public override int Count => count;

    private int count;

    public override ReadOnlySpan<char> this[int cell] => parser[cell];

    public override bool Next()
    {
        do
        {
            try
            {
                if (!parser.Read()) return false;
            }
            catch (MaxFieldSizeException)
            {
                throw source.Wrong(Line, $"a value is longer than {LongestCell} characters: is a \" not closed?");
            }

            count = CountCells(out bool isEmpty);
            if (!isEmpty) return true;
        }
        while (true);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) parser.Dispose();
        base.Dispose(disposing);
    }

    private int CountCells(out bool isEmpty)
    {
        isEmpty = true;
        for (int cell = 0; cell < parser.Count; cell++)
        {
            string text = parser[cell];
            isEmpty &= text.Length == 0;
            if (cell > 0 && text.StartsWith('{')) return cell + 1;
        }

        return parser.Count;
    }

    /// <summary>The lines as the text that the parser reads; comments are blank lines, so that numbers stay.</summary>
    private sealed class ContentText(ContentLines lines) : TextReader
    {
        private string line = "";
        private int at;

        public override int Read(Span<char> buffer)
        {
            int given = 0;
            while (given < buffer.Length)
            {
                if (at == line.Length)
                {
                    // What was read is not held back until more comes.
                    if (given > 0 || lines.Next() is not { } next) break;
                    (line, at) = (next + "\n", 0);
                }

                int count = Math.Min(buffer.Length - given, line.Length - at);
                line.AsSpan(at, count).CopyTo(buffer[given..]);
                (at, given) = (at + count, given + count);
            }

            return given;
        }

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));
    }
}
