namespace GossipSim.Engine.Protocol;

/// <summary>
/// Signs what a node says and checks what it hears, between the node and its links; the one place that knows which
/// messages carry whose signatures. A node leaves its own signatures out and takes those of others for checked, so it
/// needs no keys, and neither does a replay of what it heard.
/// </summary>
public sealed class Notary(SigningRules signing, NodeAddress self)
{
    private SigningRules rules = signing;

    /// <summary>The word for what <see cref="TryCheck"/> refuses, as it stands in reports and ERROR lines.</summary>
    public const string Refusal = "BAD_SIGNATURE";

    /// <summary>The name of a seed node has an address now: votes from there count.</summary>
    public void Find(NodeAddress seedNode, int place) =>
        rules = rules with { SeedNodes = SeedNodeList.With(rules.SeedNodes, seedNode, place) };

    /// <summary>The message as it leaves: with this node's signature wherever its own is due and absent.</summary>
    public Message Seal(Message message) => message switch
    {
        Vote { Signature: null } vote => vote with { Signature = Sign(StatementOf(vote, self)) },
        StatusReply { Signatures: null } reply => reply with { Signatures = SignaturesOf(reply) },
        Register { Signature: null } register =>
            register with { Signature = Sign(Statement.OfRegistration(rules.Cluster, self, register)) },
        DeadNode { Signature: null } report =>
            report with { Signature = Sign(Statement.OfReport(rules.Cluster, self, report)) },
        Commit { Certificate.Signatures: not null } commit =>
            commit with { Certificate = Complete(commit.Certificate, commit.Entry) },
        RegisterAck { Certificate.Signatures: not null } ack =>
            ack with { Certificate = Complete(ack.Certificate, ack.Entry) },
        Removed { Certificate: { Signatures: not null } certificate } removed =>
            removed with { Certificate = Complete(certificate, removed.Successor ?? removed.Entry) },
        _ => message,
    };

    /// <summary>
    /// Whether everything that had to be signed is, and by whom it says. What proves nothing that the node would need
    /// is not looked at, and reaches it without its signatures.
    /// </summary>
    /// <param name="from">The neighbor that sent it, bound to its link.</param>
    /// <param name="heard">What the node is to hear.</param>
    public bool TryCheck(NodeAddress from, Message message, Node node, out Message heard)
    {
        heard = message;
        if (!IsSigned(message)) return true;
        if (node.NeedsProofOf(message)) return IsGenuine(from, message);
        heard = Bare(message);
        return true;
    }

    private static bool IsSigned(Message message) =>
        message is Vote or StatusReply or Register or DeadNode or Commit or RegisterAck or Removed;

    private static Message Bare(Message message) => message switch
    {
        Vote vote => vote with { Signature = null },
        StatusReply reply => reply with { Signatures = null },
        Register register => register with { Signature = null },
        DeadNode report => report with { Signature = null },
        Commit commit => commit with { Certificate = Bare(commit.Certificate) },
        RegisterAck ack => ack with { Certificate = Bare(ack.Certificate) },
        Removed removed => removed with { Certificate = null, Successor = null },
        _ => message,
    };

    private static Certificate Bare(Certificate certificate) => certificate with { Signatures = null };

    private bool IsGenuine(NodeAddress from, Message message) => message switch
    {
        Vote vote => IsValid(from, StatementOf(vote, from), vote.Signature),
        StatusReply reply => AreValid(from, reply),
        Register register =>
            IsValid(from, Statement.OfRegistration(rules.Cluster, from, register), register.Signature),
        DeadNode report => IsValid(from, Statement.OfReport(rules.Cluster, from, report), report.Signature),
        Commit commit => IsProof(commit.Certificate, commit.Entry),
        RegisterAck { NodeId: not null } ack => IsProof(ack.Certificate, ack.Entry),
        // Nothing but its sender's word: nodes take it for no more.
        Removed { Certificate: null, Successor: null } => true,
        Removed { Certificate: { } certificate } removed =>
            IsEnded(removed) && IsProof(certificate, removed.Successor ?? removed.Entry),
        _ => false,
    };

    /// <summary>
    /// A removal, or what can only be when all memberships up to that epoch are over. Of the same epoch it is not: the
    /// process that it names beside a successor is nobody's but its sender's word.
    /// </summary>
    private static bool IsEnded(Removed removed) => removed.Successor is { } successor
        ? successor.Address == removed.Entry.Address && successor.Epoch > removed.Entry.Epoch
        : !removed.Entry.IsAlive;

    /// <summary>
    /// A quorum of distinct seed nodes of the configured set signed for the entry. Each signature must be good, also
    /// beyond the quorum: who adds a false one is no honest messenger.
    /// </summary>
    private bool IsProof(Certificate certificate, in MembershipEntry entry)
    {
        if (!MayBeProof(certificate, entry)) return false;
        for (var place = 0; place < certificate.Voters.Length; place++)
        {
            var (voter, vote) = (certificate.Voters[place], certificate.Signatures![place]);
            if (!rules.IsVote(voter, certificate.Proposal, entry, vote)) return false;
        }

        return true;
    }

    /// <summary>All that costs nothing to look at.</summary>
    private bool MayBeProof(Certificate certificate, in MembershipEntry entry)
    {
        var voters = certificate.Voters;
        if (certificate.Signatures is not { } signatures || signatures.Length != voters.Length) return false;
        if (voters.Length < rules.Quorum || voters.Length > rules.SeedNodes.Length) return false;
        var stamp = long.MinValue;
        for (var place = 0; place < voters.Length; place++)
        {
            if (Array.IndexOf(voters, voters[place]) != place) return false;
            if (Array.IndexOf(rules.SeedNodes, voters[place]) < 0) return false;
            stamp = Math.Max(stamp, signatures[place].JoinStamp);
        }

        // Of two stamps that were voted on the greater one is the member's.
        return stamp == entry.JoinStamp;
    }

    private Certificate Complete(Certificate certificate, in MembershipEntry entry)
    {
        var place = Array.IndexOf(certificate.Voters, self);
        var signatures = certificate.Signatures!;
        if (place < 0 || place >= signatures.Length || signatures[place].Signature is not null) return certificate;
        var voted = entry with { JoinStamp = signatures[place].JoinStamp };
        var complete = (VoteSignature[])signatures.Clone();
        complete[place] = new VoteSignature(
            voted.JoinStamp, Sign(StatementOf(new Claim(certificate.Proposal, voted), self)));
        return certificate with { Signatures = complete };
    }

    private byte[][] SignaturesOf(StatusReply reply)
    {
        var signatures = new byte[reply.Vouched.Length][];
        for (var place = 0; place < signatures.Length; place++)
            signatures[place] = Sign(StatementOf(reply.Vouched[place], self));
        return signatures;
    }

    private bool AreValid(NodeAddress from, StatusReply reply)
    {
        if (reply.Signatures?.Length != reply.Vouched.Length) return false;
        for (var place = 0; place < reply.Vouched.Length; place++)
            if (!IsValid(from, StatementOf(reply.Vouched[place], from), reply.Signatures[place])) return false;
        return true;
    }

    private byte[] StatementOf(Vote vote, NodeAddress voter) =>
        Statement.OfVote(rules.Cluster, voter, vote.Proposal, vote.Entry, vote.Yes, vote.Reason);

    private byte[] StatementOf(in Claim vouched, NodeAddress voter) =>
        Statement.OfVote(rules.Cluster, voter, vouched.Proposal, vouched.Entry, yes: true);

    private byte[] Sign(byte[] statement) => rules.Signatures.Sign(self, statement);

    private bool IsValid(NodeAddress signer, byte[] statement, byte[]? signature) =>
        signature is not null && rules.Signatures.IsValid(signer, statement, signature);
}
