namespace GossipSim.Scenarios.Files;

/// <summary>The scenario cannot be used: a mistake of its author, never of the program.</summary>
internal sealed class ScenarioException(IReadOnlyList<ScenarioProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public ScenarioException(Origin origin, string path, string message)
        : this([new ScenarioProblem(origin, path, message)])
    {
    }

    public ScenarioException(Origin origin, string message)
        : this(origin, path: "", message)
    {
    }

    /// <summary>At least one.</summary>
    public IReadOnlyList<ScenarioProblem> Problems { get; } = problems;
}
