namespace GossipSim.Scenarios.Graphs;

/// <summary>A text whose beginning may be looked at before it is read from its start, even from a pipe.</summary>
internal sealed class BegunText : TextReader
{
    private readonly TextReader rest;
    private readonly char[] beginning;
    private int given;

    /// <param name="most">How many characters to look at.</param>
    public BegunText(TextReader text, int most)
    {
        rest = text;
        var block = new char[most];
        int count = text.ReadBlock(block);
        beginning = block[..count];
        IsWhole = count < most;
    }

    public ReadOnlySpan<char> Beginning => beginning;

    /// <summary>Whether nothing follows the beginning.</summary>
    public bool IsWhole { get; }

    public override int Peek() => given < beginning.Length ? beginning[given] : rest.Peek();

    public override int Read() => given < beginning.Length ? beginning[given++] : rest.Read();

    public override int Read(Span<char> buffer)
    {
        if (given == beginning.Length) return rest.Read(buffer);
        int count = Math.Min(buffer.Length, beginning.Length - given);
        beginning.AsSpan(given, count).CopyTo(buffer);
        given += count;
        return count;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing) rest.Dispose();
        base.Dispose(disposing);
    }
}
