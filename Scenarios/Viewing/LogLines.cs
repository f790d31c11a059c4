namespace GossipSim.Scenarios.Viewing;

/// <summary>The lines of a stream as bytes, without a copy: each is there until the next one is asked for.</summary>
internal sealed class LogLines(Stream stream)
{
    /// <summary>Our choice: far beyond a message of 64 KiB in escapes; what is longer is no line of a log.</summary>
    private const int LongestLine = 16 << 20;

    private byte[] buffer = new byte[1 << 20];
    private int begin;
    private int end;
    private bool isOver;

    /// <summary>How many lines were handed out.</summary>
    public long Number { get; private set; }

    /// <summary>Why the stream ended before its end; null when it did not.</summary>
    public string? Torn { get; private set; }

    /// <summary>What stands behind the last end of line when all is read: the beginning of a line.</summary>
    public bool HasTornLine => isOver && end > begin;

    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        var searched = begin;
        while (true)
        {
            var length = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = buffer.AsSpan(begin, searched + length - begin);
                begin = searched + length + 1;
                Number++;
                return true;
            }

            searched = end;
            if (isOver || !Fill(ref searched))
            {
                line = default;
                return false;
            }
        }
    }

    private bool Fill(ref int searched)
    {
        if (begin > 0)
        {
            buffer.AsSpan(begin, end - begin).CopyTo(buffer);
            (searched, end, begin) = (searched - begin, end - begin, 0);
        }

        if (end == LongestLine)
        {
            (Torn, isOver) = ($"a line is longer than {LongestLine} bytes", true);
            return false;
        }

        if (end == buffer.Length) Array.Resize(ref buffer, Math.Min(LongestLine, buffer.Length * 2));
        try
        {
            var read = stream.Read(buffer, end, buffer.Length - end);
            end += read;
            isOver = read == 0;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException)
        {
            Torn = wrong.Message;
            isOver = true;
        }

        return !isOver;
    }
}
