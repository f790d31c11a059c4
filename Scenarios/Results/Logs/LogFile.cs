namespace GossipSim.Scenarios.Results;

/// <summary>
/// A text file that grows at its end, also under the hands of several processes. It is open only while its buffer is
/// written, so that hundreds of nodes can have one each without a descriptor each.
/// </summary>
internal sealed class LogFile(string path, int bufferBytes)
{
    private byte[] buffer = new byte[256];
    private int used;

    public void Append(ReadOnlySpan<byte> line)
    {
        if (used + line.Length > bufferBytes) Flush();
        if (used + line.Length > buffer.Length)
            Array.Resize(ref buffer, Math.Max(used + line.Length, Math.Min(bufferBytes, buffer.Length * 2)));
        line.CopyTo(buffer.AsSpan(used));
        used += line.Length;
    }

    public void Flush()
    {
        if (used == 0) return;
        AppendingFile.Write(path, buffer.AsSpan(0, used));
        used = 0;
    }
}
