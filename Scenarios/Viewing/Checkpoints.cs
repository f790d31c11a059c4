namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// The world after every so many events: the state at any moment is the nearest of them before it and the events since.
/// When there are too many every other one is dropped, so that memory stays bounded however long the log is.
/// </summary>
/// <param name="every">How many events lie between two of them at first.</param>
internal sealed class Checkpoints(StoredEvents log, int every)
{
    /// <summary>Our choice: a network of 10,000 peers then takes some 60 MB.</summary>
    private const int MostCheckpoints = 32;

    private readonly List<WorldState> states = [];
    private readonly WorldState last = WorldState.Before(log);

    /// <summary>The next event of the log.</summary>
    public void Note(in StoredEvent e)
    {
        last.Apply(e);
        if (last.Events % every != 0) return;
        states.Add(last.Copy());
        if (states.Count <= MostCheckpoints) return;
        every *= 2;
        states.RemoveAll(state => state.Events % every != 0);
    }

    public WorldState StateAfter(int count)
    {
        var nearest = (count / every) - 1;
        var state = nearest >= 0 ? states[nearest].Copy() : WorldState.Before(log);
        foreach (ref readonly var e in log.Span[state.Events..count]) state.Apply(e);
        return state;
    }
}
