namespace GossipSim.Scenarios.Prompting;

/// <summary>Where commands come from: a person at a terminal, or a script.</summary>
internal interface ILineSource
{
    /// <summary>Where everything is said, also while a line is typed.</summary>
    TextWriter Output { get; }

    /// <summary>The next line; null when there are no more.</summary>
    string? ReadLine();
}

/// <summary>Lines of a file or pipe. Nothing is asked there.</summary>
internal sealed class PlainLines(TextReader input, TextWriter output) : ILineSource
{
    public TextWriter Output => output;

    public string? ReadLine() => input.ReadLine();
}
