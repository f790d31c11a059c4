namespace GossipSim.Engine.Simulation;

/// <summary>
/// What a node set for itself within the window that it is in: few at a time, in its order. What is equal stays in
/// the order of its setting.
/// </summary>
internal sealed class SoonQueue
{
    private readonly List<QueuedEvent> latestFirst = [];

    public int Count => latestFirst.Count;

    public QueuedEvent First => latestFirst[^1];

    public void Add(in QueuedEvent added)
    {
        var place = latestFirst.Count;
        while (place > 0 && latestFirst[place - 1].Order <= added.Order) place--;
        latestFirst.Insert(place, added);
    }

    public void RemoveFirst() => latestFirst.RemoveAt(latestFirst.Count - 1);
}
