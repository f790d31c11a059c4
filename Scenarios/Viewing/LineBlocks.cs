using System.IO.Compression;

namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// The lines of a log, packed again in blocks small enough that any of them is read in a moment: a packed file can
/// only be read from its beginning. A block is packed on another thread while the next one is gathered.
/// </summary>
internal sealed class LineBlocks
{
    /// <summary>Our choice: unpacking so many lines takes a few milliseconds.</summary>
    private const int LinesPerBlock = 2048;

    /// <summary>Our choice: blocks that wait to be packed; more would be memory and no speed.</summary>
    private const int MostWaiting = 4;

    private readonly List<Task<byte[]>> blocks = [];
    private byte[] gathered = new byte[1 << 18];
    private int used;
    private int lines;

    public void Add(ReadOnlySpan<byte> line)
    {
        while (gathered.Length - used <= line.Length) Array.Resize(ref gathered, gathered.Length * 2);
        line.CopyTo(gathered.AsSpan(used));
        gathered[used + line.Length] = (byte)'\n';
        used += line.Length + 1;
        if (++lines == LinesPerBlock) Close();
    }

    /// <summary>No line comes any more.</summary>
    public void Complete()
    {
        if (lines > 0) Close();
        gathered = [];
        Task.WaitAll([.. blocks]);
    }

    /// <summary>The lines from one place to before another, each without its end of line.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Read(int from, int to)
    {
        for (var block = from / LinesPerBlock; block * LinesPerBlock < to; block++)
        {
            ReadOnlyMemory<byte> text = Unpack(blocks[block].Result);
            for (var place = block * LinesPerBlock; place < to && !text.IsEmpty; place++)
            {
                var length = text.Span.IndexOf((byte)'\n');
                if (place >= from) yield return text[..length];
                text = text[(length + 1)..];
            }
        }
    }

    private void Close()
    {
        if (blocks.Count >= MostWaiting) blocks[^MostWaiting].Wait();
        var text = gathered.AsMemory(0, used);
        blocks.Add(Task.Run(() => Pack(text)));
        gathered = new byte[Math.Max(1 << 18, used + (used / 8))];
        (used, lines) = (0, 0);
    }

    private static byte[] Pack(ReadOnlyMemory<byte> text)
    {
        var packed = new MemoryStream(text.Length / 6);
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(text.Span);
        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var deflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        var text = new MemoryStream(packed.Length * 8);
        deflate.CopyTo(text);
        return text.ToArray();
    }
}
