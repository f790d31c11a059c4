namespace GossipSim.Scenarios.Files;

/// <summary>Collects broken rules, each with the place of its value or of the nearest object around it.</summary>
internal sealed class ProblemList(SourceObject tree)
{
    private readonly List<ScenarioProblem> found = [];

    public IReadOnlyList<ScenarioProblem> Found => found;

    public void Require(bool holds, string path, string otherwise)
    {
        if (!holds)
            found.Add(new ScenarioProblem(SourcePath.OriginOf(tree, path), path, otherwise));
    }
}
