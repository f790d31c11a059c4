using System.Text;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// The lines of a text one by one, ended as on any system. A device may have no line end, so that no line is kept
/// beyond a limit.
/// </summary>
internal sealed class LimitedLines(TextReader text, InputSource source)
{
    /// <summary>A row of a matrix of 40,000 nodes has about as many characters.</summary>
    private const int LongestLine = 1 << 20;

    private readonly char[] block = new char[1 << 16];
    private readonly StringBuilder line = new();
    private int at;
    private int end;
    private bool isAfterReturn;

    /// <summary>Of the line that was read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The next line without its end; null at the end.</summary>
    /// <exception cref="Files.ScenarioException">The line is longer than any may be.</exception>
    public string? Next()
    {
        // CR LF ends one line, not two.
        if (isAfterReturn && Fill() && block[at] == '\n') at++;
        isAfterReturn = false;
        if (!Fill()) return null;
        Number++;
        line.Clear();
        while (Fill())
        {
            int length = block.AsSpan(at, end - at).IndexOfAny('\n', '\r');
            Append(length < 0 ? end - at : length);
            if (length < 0) continue;
            isAfterReturn = block[at] == '\r';
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
        if (line.Length + length > LongestLine)
            throw source.Wrong(Number, $"the line is longer than {LongestLine} characters");
        line.Append(block, at, length);
        at += length;
    }
}
