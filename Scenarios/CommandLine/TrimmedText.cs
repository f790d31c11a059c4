using System.Text;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// Leaves out the blanks at the ends of lines. Tables are filled up with them to their full width, which a screen hides
/// and a file or a comparison of two does not.
/// </summary>
internal sealed class TrimmedText(TextWriter output) : TextWriter(output.FormatProvider)
{
    private readonly StringBuilder trimmed = new();
    private int blanks;

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <summary>Blanks wait for what follows them.</summary>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        trimmed.Clear();
        foreach (char letter in buffer)
        {
            if (letter == ' ')
            {
                blanks++;
                continue;
            }

            if (letter is not ('\r' or '\n')) trimmed.Append(' ', blanks);
            blanks = 0;
            trimmed.Append(letter);
        }

        output.Write(trimmed.ToString());
    }

    public override void Flush() => output.Flush();
}
