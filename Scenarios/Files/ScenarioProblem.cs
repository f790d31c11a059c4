using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Files;

/// <summary>One thing wrong with a scenario, told in one line: where, what was found, what is allowed.</summary>
internal sealed record ScenarioProblem(Origin Origin, string Path, string Message)
{
    public override string ToString() => VisibleText.OnOneLine(
        Path.Length == 0 ? $"{Origin}: {Message}" : $"{Origin}: {Path}: {Message}");
}
