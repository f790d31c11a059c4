namespace GossipSim.Scenarios.Files;

/// <summary>Collects broken rules, each with the place where its value, or the nearest object around it, was written.</summary>
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
