using System.Text;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Graphs;

/// <summary>The lines of a text one by one; none is kept that is too long to be meant.</summary>
internal sealed class LimitedLines(TextReader text, int longest, string displayName)
{
    private readonly char[] block = new char[1 << 16];
    private readonly StringBuilder line = new();
    private int at;
    private int end;

    /// <summary>Of the line that was read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Null at the end.</summary>
    /// <exception cref="UsageException">The line is longer than any may be.</exception>
    public string? Next()
    {
        if (!Fill()) return null;
        Number++;
        line.Clear();
        while (Fill())
        {
            int length = block.AsSpan(at, end - at).IndexOf('\n');
            Append(length < 0 ? end - at : length);
            if (length < 0) continue;
            at++;
            break;
        }

        return line.ToString();
    }

    /// <summary>Whether there is something left.</summary>
    private bool Fill()
    {
        if (at < end) return true;
        (at, end) = (0, text.Read(block));
        return end > 0;
    }

    private void Append(int length)
    {
        if (line.Length + length > longest)
            throw new UsageException($"{displayName}:{Number}: the line is longer than {longest} characters");
        line.Append(block, at, length);
        at += length;
    }
}
