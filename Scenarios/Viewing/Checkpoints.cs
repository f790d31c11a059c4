using GossipSim.Scenarios.Pages;

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

    private readonly List<(int Events, WorldState State)> states = [];
    private readonly WorldState last = new(log.Facts.SeedNodes);
    private int events;

    /// <summary>The next event of the log.</summary>
    public void Note(in StoredEvent e)
    {
        log.Apply(e, last);
        if (++events % every != 0) return;
        states.Add((events, last.Copy()));
        if (states.Count <= MostCheckpoints) return;
        every *= 2;
        states.RemoveAll(checkpoint => checkpoint.Events % every != 0);
    }

    public WorldState StateAfter(int count)
    {
        var nearest = (count / every) - 1;
        var (begin, state) = nearest >= 0 ? states[nearest] : (0, new WorldState(log.Facts.SeedNodes));
        if (nearest >= 0) state = state.Copy();
        foreach (ref readonly var e in log.Span[begin..count]) log.Apply(e, state);
        return state;
    }
}
