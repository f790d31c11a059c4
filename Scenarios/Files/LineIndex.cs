using System.Text;

namespace GossipSim.Scenarios.Files;

/// <summary>Turns byte offsets of a UTF-8 text into lines and columns, as editors count them.</summary>
internal sealed class LineIndex
{
    private readonly string source;
    private readonly byte[] text;
    private readonly int[]? starts;

    public LineIndex(string source, ReadOnlySpan<byte> text)
    {
        this.source = source;
        this.text = text.ToArray();
        var found = new List<int> { 0 };
        for (int at = 0; at < this.text.Length; at++)
        {
            if (this.text[at] == (byte)'\n')
                found.Add(at + 1);
        }

        starts = [.. found];
    }

    private LineIndex(string option) => (source, text) = (option, []);

    /// <summary>An option of the command line has no lines: every place in it is the option itself.</summary>
    public static LineIndex OfOption(string option) => new(option);

    public Origin At(long offset)
    {
        if (starts is null)
            return new Origin(source);
        int within = (int)Math.Min(offset, text.Length);
        int line = Array.BinarySearch(starts, within);
        line = line >= 0 ? line : ~line - 1;
        int column = Encoding.UTF8.GetCharCount(text.AsSpan(starts[line], within - starts[line])) + 1;
        return new Origin(source, line + 1, column);
    }

    /// <summary>The place that the JSON reader calls this line and byte, both from 0.</summary>
    public Origin AtLine(long line, long byteInLine) => At(Offset(line, byteInLine));

    public long Offset(long line, long byteInLine) =>
        starts is null ? 0 : Math.Min(starts[Math.Min(line, starts.Length - 1)] + byteInLine, text.Length);
}
