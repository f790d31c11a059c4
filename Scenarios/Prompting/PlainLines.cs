using System.Text;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Prompting;

/// <summary>Lines of a file or pipe. Nothing is asked there.</summary>
internal sealed class PlainLines(TextReader input, TextWriter output) : ILineSource
{
    /// <summary>Characters of a line.</summary>
    private const int Longest = 1024 * 1024;

    public TextWriter Output => output;

    public string? ReadLine()
    {
        var line = new StringBuilder();
        var isTooLong = false;
        int letter;
        while ((letter = input.Read()) >= 0 && letter != '\n')
        {
            if (line.Length == Longest) isTooLong = true;
            else line.Append((char)letter);
        }

        if (isTooLong) throw new UsageException($"the line has more than {Longest} characters, and is not read");
        return letter < 0 && line.Length == 0 ? null : line.ToString();
    }
}
