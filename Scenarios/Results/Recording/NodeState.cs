using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>What the record knows about one address: its process, its membership and its links.</summary>
internal sealed class NodeState(int index, NodeAddress address, bool isSeedNode)
{
    private NeighborSet neighbors;
    private long eligibleSince = long.MaxValue;

    public int Index { get; } = index;

    public NodeAddress Address { get; } = address;

    public bool IsSeedNode { get; } = isSeedNode;

    public bool EverStarted { get; private set; }

    public bool EverRegistered { get; private set; }

    public bool EverJoined { get; set; }

    public bool IsUp { get; private set; }

    public bool IsPaused { get; private set; }

    public bool IsRegistered { get; private set; }

    /// <summary>It ended its own membership, and its process may still run.</summary>
    public bool HasLeft { get; private set; }

    public NodeId NodeId { get; private set; }

    /// <summary>The epoch of the latest registration; kept after a crash.</summary>
    public int Epoch { get; private set; }

    /// <summary>The epoch that this node gave up by its own wish.</summary>
    public int LeftEpoch { get; private set; }

    public Instant StartedAt { get; private set; }

    /// <summary>When the latest pause of this process ended.</summary>
    public Instant ResumedAt { get; private set; } = new(long.MinValue);

    public int Degree => neighbors.Count;

    public ReadOnlySpan<int> Neighbors => neighbors.Items;

    /// <summary>Whether this node's own list has the other one.</summary>
    public bool Lists(int neighbor) => neighbors.Contains(neighbor);

    /// <summary>The latest crash whose membership has not ended everywhere.</summary>
    public CrashRecord? OpenCrash { get; set; }

    /// <summary>The highest epoch whose removal was judged.</summary>
    public int JudgedEpoch { get; set; }

    /// <summary>The run made it lie: nothing it says counts, and nothing is promised to it.</summary>
    public bool IsLiar { get; set; }

    /// <summary>A seed node that lost its disk and does not vote before it has learned what the others know.</summary>
    public bool IsLearning { get; set; }

    public bool IsLivePeer => IsUp && !IsSeedNode && !HasLeft;

    /// <summary>It runs, and is not registered or has no link.</summary>
    public bool IsLagging => IsLivePeer && (!IsRegistered || Degree == 0);

    /// <summary>Live, registered and linked without a break from then until now, and honest.</summary>
    public bool IsEligibleSince(Instant when) => eligibleSince <= when.Microseconds && !IsLiar;

    public void Start(NodeId nodeId, Instant now)
    {
        (EverStarted, IsUp, IsPaused, IsRegistered, HasLeft) = (true, true, false, false, false);
        NodeId = nodeId;
        StartedAt = now;
        IsLearning = false;
        ResumedAt = new Instant(long.MinValue);
        neighbors.Clear();
        NoteEligibility(now);
    }

    public void Crash(Instant now)
    {
        (IsUp, IsPaused, IsRegistered) = (false, false, false);
        neighbors.Clear();
        NoteEligibility(now);
    }

    public void Pause(Instant now)
    {
        IsPaused = true;
        NoteEligibility(now);
    }

    public void Resume(Instant now)
    {
        IsPaused = false;
        ResumedAt = now;
        NoteEligibility(now);
    }

    public void Register(int epoch, Instant now)
    {
        (IsRegistered, EverRegistered, HasLeft) = (true, true, false);
        Epoch = epoch;
        NoteEligibility(now);
    }

    /// <summary>Seed nodes ended the membership of this epoch.</summary>
    public void Deregister(int epoch, Instant now)
    {
        if (epoch < Epoch) return;
        IsRegistered = false;
        NoteEligibility(now);
    }

    public void Leave(int epoch, Instant now)
    {
        (IsRegistered, HasLeft, LeftEpoch) = (false, true, epoch);
        NoteEligibility(now);
    }

    /// <returns>Whether it was not there before.</returns>
    public bool AddNeighbor(int neighbor, Instant now)
    {
        if (!neighbors.Add(neighbor)) return false;
        NoteEligibility(now);
        return true;
    }

    /// <returns>Whether it was there.</returns>
    public bool RemoveNeighbor(int neighbor, Instant now)
    {
        if (!neighbors.Remove(neighbor)) return false;
        NoteEligibility(now);
        return true;
    }

    private void NoteEligibility(Instant now)
    {
        var eligible = IsUp && !IsPaused && IsRegistered && Degree > 0;
        if (!eligible)
            eligibleSince = long.MaxValue;
        else if (eligibleSince == long.MaxValue)
            eligibleSince = now.Microseconds;
    }
}
