namespace GossipSim.Engine.Protocol;

/// <summary>A member as the liar has met or heard of it.</summary>
internal readonly record struct Acquaintance(NodeAddress Address, NodeId NodeId, int Epoch);

/// <summary>A message that passed, and its other end.</summary>
internal readonly record struct Keepsake(NodeAddress Other, bool WasSent, Message Message);

/// <summary>
/// What a liar remembers of what came to it and left it, and nothing else: it cannot look into other nodes. Every part
/// is bounded.
/// </summary>
internal sealed class LiarMemory
{
    /// <summary>Our choice: more than the members that one peer list names.</summary>
    private const int AcquaintanceLimit = 1_024;

    /// <summary>Our choice: gossip is frequent and must not push out the rest.</summary>
    private const int GossipKept = 64;

    private const int OthersKept = 256;

    private readonly List<Acquaintance> acquaintances = [];
    private readonly Dictionary<NodeAddress, int> places = [];
    private readonly List<NodeAddress> neighbors = [];
    private readonly Dictionary<NodeAddress, GossipKey> latest = [];
    private readonly Queue<Keepsake> gossip = new();
    private readonly Queue<Keepsake> others = new();

    public IReadOnlyList<Acquaintance> Acquaintances => acquaintances;

    public IReadOnlyList<NodeAddress> Neighbors => neighbors;

    public bool TryFind(NodeAddress address, out Acquaintance acquaintance)
    {
        var isKnown = places.TryGetValue(address, out var place);
        acquaintance = isKnown ? acquaintances[place] : default;
        return isKnown;
    }

    /// <summary>The highest key seen of an origin.</summary>
    public bool TryFindLatest(NodeAddress origin, out GossipKey key) => latest.TryGetValue(origin, out key);

    public Keepsake[] Keepsakes() => [.. gossip, .. others];

    public void NoteReceived(NodeAddress from, Message message)
    {
        Keep(new Keepsake(from, WasSent: false, message));
        switch (message)
        {
            case Connect connect: Meet(from, connect.NodeId, connect.Epoch); break;
            case Accept accept:
                Meet(from, accept.NodeId, accept.Epoch);
                Link(from);
                break;
            case Pong pong: Meet(from, pong.NodeId, pong.Epoch); break;
            case Refresh refresh: Meet(from, refresh.NodeId, refresh.Epoch); break;
            case Propose propose: Meet(propose.Entry); break;
            case Vote vote: Meet(vote.Entry); break;
            case Commit commit: Meet(commit.Entry); break;
            case SyncDelta delta:
                foreach (var claim in delta.Entries) Meet(claim.Entry);
                break;
            case Gossip heard: Hear(heard); break;
            case Disconnect: neighbors.Remove(from); break;
        }
    }

    public void NoteSent(NodeAddress to, Message message)
    {
        Keep(new Keepsake(to, WasSent: true, message));
        if (message is Accept) Link(to);
        else if (message is Disconnect) neighbors.Remove(to);
    }

    /// <summary>Pings and digests are worth nothing when they are old.</summary>
    private void Keep(in Keepsake keepsake)
    {
        if (keepsake.Message is Ping or Pong or IHave or IWant or SyncDigest or GetPeerList or PeerList) return;
        var (kept, limit) = keepsake.Message is Gossip ? (gossip, GossipKept) : (others, OthersKept);
        kept.Enqueue(keepsake);
        if (kept.Count > limit) kept.Dequeue();
    }

    private void Link(NodeAddress neighbor)
    {
        if (neighbors.Count < AcquaintanceLimit && !neighbors.Contains(neighbor)) neighbors.Add(neighbor);
    }

    private void Meet(in MembershipEntry entry)
    {
        if (entry.IsAlive) Meet(entry.Address, entry.NodeId, entry.Epoch);
    }

    private void Meet(NodeAddress address, NodeId nodeId, int epoch)
    {
        if (epoch < 1) return;
        var met = new Acquaintance(address, nodeId, epoch);
        if (places.TryGetValue(address, out var place))
        {
            if (epoch >= acquaintances[place].Epoch) acquaintances[place] = met;
        }
        else if (acquaintances.Count < AcquaintanceLimit)
        {
            places.Add(address, acquaintances.Count);
            acquaintances.Add(met);
        }
    }

    private void Hear(Gossip heard)
    {
        if (!latest.TryGetValue(heard.Origin, out var known))
        {
            if (latest.Count == AcquaintanceLimit) return;
            latest.Add(heard.Origin, heard.Key);
        }
        else if ((heard.Epoch, heard.Number).CompareTo((known.Epoch, known.Number)) > 0)
        {
            latest[heard.Origin] = heard.Key;
        }
    }
}
