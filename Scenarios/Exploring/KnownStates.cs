namespace GossipSim.Scenarios.Exploring;

/// <summary>The steps that all runs so far went through, and when the last new one was seen.</summary>
internal sealed class KnownStates
{
    private readonly HashSet<uint> steps = [];

    public int Count => steps.Count;

    /// <summary>How many runs were noted.</summary>
    public int Runs { get; private set; }

    /// <summary>The run, counted from 1, that brought the last new step; 0 before any.</summary>
    public int LastNewRun { get; private set; }

    public int RunsSinceNew => Runs - LastNewRun;

    /// <summary>Adds a run's steps.</summary>
    /// <returns>Whether it went where none went before.</returns>
    public bool Add(StateCoverage run)
    {
        Runs++;
        var before = steps.Count;
        steps.UnionWith(run.Steps);
        if (steps.Count == before) return false;
        LastNewRun = Runs;
        return true;
    }
}
