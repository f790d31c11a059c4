namespace GossipSim.Scenarios.Stages;

/// <summary>What a check saw, and what of it was wrong.</summary>
internal sealed class Observation
{
    private readonly List<string> seen = [];
    private readonly List<string> wrong = [];

    public bool IsAsExpected => wrong.Count == 0;

    public void Note(string what) => seen.Add(what);

    public void Require(bool holds, string otherwise)
    {
        if (!holds) wrong.Add(otherwise);
    }

    public void Wrong(string what) => wrong.Add(what);

    /// <summary>What is wrong stands first.</summary>
    public override string ToString() => string.Join("; ", wrong.Concat(seen));
}
