using System.Buffers.Binary;
using System.Text;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// What is signed, as bytes. Each statement begins with what kind of statement it is and with its cluster, has its
/// fields at places that the kind fixes, and names its signer: so two that differ in anything never share their bytes,
/// and a signature is good for one statement only.
/// </summary>
internal ref struct Statement
{
    private const int LongestCluster = 1_024;

    private static readonly byte[] domain = "GossipSim signed statement 1\n"u8.ToArray();

    private readonly byte[] bytes;
    private int length;

    private enum Kind : byte
    {
        Vote = 1,
        Registration = 2,
        DeathReport = 3,
    }

    private Statement(Kind kind, string cluster, NodeAddress signer, int restBytes)
    {
        var clusterBytes = Encoding.UTF8.GetByteCount(cluster);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusterBytes, LongestCluster);
        bytes = new byte[domain.Length + 1 + sizeof(int) + clusterBytes + sizeof(ulong) + restBytes];
        domain.CopyTo(bytes, 0);
        length = domain.Length;
        Add((byte)kind);
        Add(clusterBytes);
        length += Encoding.UTF8.GetBytes(cluster, bytes.AsSpan(length));
        Add(signer.Packed);
    }

    /// <summary>
    /// A vote to register counts in every round about that process at that epoch, so a YES says nothing of the round. A
    /// vote to remove belongs to its round, and a NO answers one proposal.
    /// </summary>
    public static byte[] OfVote(
        string cluster, NodeAddress voter, ProposalId proposal, in MembershipEntry entry, bool yes,
        RefusalReason reason = RefusalReason.None)
    {
        var round = yes && entry.IsAlive ? default : proposal;
        var statement = new Statement(
            Kind.Vote, cluster, voter, (3 * sizeof(byte)) + sizeof(int) + (5 * sizeof(ulong)));
        statement.Add(yes ? (byte)1 : (byte)0);
        statement.Add((byte)reason);
        statement.Add((byte)entry.State);
        statement.Add(round.Coordinator.Packed);
        statement.Add((ulong)round.Counter);
        statement.Add(entry.Address.Packed);
        statement.Add(entry.Epoch);
        statement.Add(entry.NodeId.Value);
        statement.Add((ulong)entry.JoinStamp);
        return statement.bytes;
    }

    public static byte[] OfRegistration(string cluster, NodeAddress signer, Register register)
    {
        var statement = new Statement(Kind.Registration, cluster, signer, 2 * sizeof(ulong));
        statement.Add(register.Address.Packed);
        statement.Add(register.NodeId.Value);
        return statement.bytes;
    }

    public static byte[] OfReport(string cluster, NodeAddress reporter, DeadNode report)
    {
        var statement = new Statement(
            Kind.DeathReport, cluster, reporter,
            sizeof(byte) + sizeof(int) + (2 * sizeof(ulong)) + Encoding.UTF8.GetByteCount(report.Text));
        statement.Add((byte)report.Flag);
        statement.Add(report.Epoch);
        statement.Add(report.Address.Packed);
        statement.Add(report.NodeId.Value);
        // Last, so that its length is that of what is left.
        Encoding.UTF8.GetBytes(report.Text, statement.bytes.AsSpan(statement.length));
        return statement.bytes;
    }

    private void Add(byte value) => bytes[length++] = value;

    private void Add(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(length), value);
        length += sizeof(int);
    }

    private void Add(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(length), value);
        length += sizeof(ulong);
    }
}
