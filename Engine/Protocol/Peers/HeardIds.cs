namespace GossipSim.Engine.Protocol;

/// <summary>
/// Ids of messages, where they are what messages are told apart by: the Message List as the documents have it, with an
/// end, so that the eldest are forgotten.
/// </summary>
internal sealed class HeardIds
{
    /// <summary>Our choice: as many as texts are kept.</summary>
    private const int Limit = MessageList.TextLimit;

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly Queue<string> byAge = new();

    public int Count => ids.Count;

    /// <summary>False when the id is known already.</summary>
    public bool Add(string id)
    {
        if (!ids.Add(id)) return false;
        byAge.Enqueue(id);
        if (byAge.Count > Limit) ids.Remove(byAge.Dequeue());
        return true;
    }
}
