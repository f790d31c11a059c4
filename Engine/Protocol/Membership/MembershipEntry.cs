using System.Globalization;

namespace GossipSim.Engine.Protocol;

public enum MemberState : byte
{
    Alive,
    Removed,
}

/// <summary>
/// What the seed nodes agreed on for one address. Entries of an address are totally ordered by (epoch, Removed over
/// Alive, nodeId, joinStamp) and merging takes the greater, so order, duplication and several coordinators cannot
/// make seed nodes diverge.
/// </summary>
/// <param name="Epoch">Counts the memberships of this address, from 1.</param>
/// <param name="JoinStamp">A Lamport stamp of the registration: smaller is older. Ties are broken by address.</param>
public readonly record struct MembershipEntry(
    NodeAddress Address, int Epoch, MemberState State, NodeId NodeId, long JoinStamp)
{
    public bool IsAlive => State == MemberState.Alive;

    public MembershipEntry AsRemoved() => this with { State = MemberState.Removed };

    /// <summary>
    /// Whether both say the same of the same process: two coordinators may stamp one registration differently.
    /// </summary>
    public bool IsSameAs(in MembershipEntry other) => Address == other.Address && Epoch == other.Epoch
        && State == other.State && NodeId == other.NodeId;

    /// <summary>Whether this entry replaces the other one of the same address.</summary>
    public bool Supersedes(in MembershipEntry other)
    {
        if (Epoch != other.Epoch) return Epoch > other.Epoch;
        if (State != other.State) return State == MemberState.Removed;
        if (NodeId != other.NodeId) return NodeId.Value > other.NodeId.Value;
        return JoinStamp > other.JoinStamp;
    }

    public override int GetHashCode() => (int)(Fingerprint() >> 32);

    /// <summary>64 bits of the whole entry, for digests.</summary>
    public ulong Fingerprint()
    {
        var hash = Mix64.Of(Address.Packed, (ulong)Epoch, (ulong)State);
        return Mix64.Of(hash, NodeId.Value, (ulong)JoinStamp);
    }

    /// <summary>For people: <c>127.0.0.1:7003 epoch 2 alive (40dbdccb9a1395ce)</c>.</summary>
    public override string ToString() => Epoch == 0
        ? "nothing"
        : string.Create(
            CultureInfo.InvariantCulture, $"{Address} epoch {Epoch} {(IsAlive ? "alive" : "removed")} ({NodeId})");

    /// <summary>Seniority: the older of two members is the one with the smaller (joinStamp, address).</summary>
    public static bool IsOlder(long joinStamp, NodeAddress address, long thanJoinStamp, NodeAddress thanAddress) =>
        joinStamp != thanJoinStamp ? joinStamp < thanJoinStamp : address < thanAddress;
}
