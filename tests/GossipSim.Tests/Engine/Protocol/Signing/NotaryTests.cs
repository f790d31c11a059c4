using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>What leaves signed is taken by whom it concerns, and nothing that was changed on the way.</summary>
[TestFixture]
internal sealed class NotaryTests
{
    private const int SeedNodes = 5;
    private const int Quorum = 3;

    private static readonly SimulatedSignatures signatures = new(42);
    private static readonly ProposalId round = new(Cast.SeedNode(0), 17);
    private static readonly MembershipEntry member = Cast.Member(Cast.Peer(1), epoch: 3, joinStamp: 9);
    private static readonly MembershipEntry removed = member.AsRemoved();
    private static readonly NodeAddress reader = Cast.SeedNode(4);

    /// <summary>Each with its sender.</summary>
    private static readonly (NodeAddress From, Message Message)[] signedMessages =
    [
        (Cast.SeedNode(1), new Vote(round, member, true, RefusalReason.None, null)),
        (Cast.SeedNode(1), new Vote(round, removed, true, RefusalReason.None, null)),
        (Cast.SeedNode(1), new Vote(round, removed, false, RefusalReason.StillAlive, null)),
        (Cast.SeedNode(1), new StatusReply([new Claim(round, member), new Claim(round, removed)])),
        (Cast.Peer(1), new Register(Cast.Peer(1), member.NodeId)),
        (Cast.Peer(2), new DeadNode(Cast.Peer(1), 3, member.NodeId, ReportFlag.Sole, "Dead Node")),
        (Cast.SeedNode(0), new Commit(member, OwnAbsent(Proof(member)))),
        (Cast.Peer(7), new Commit(removed, Proof(removed))),
        (Cast.SeedNode(0), new RegisterAck(member.Address, 3, 9, OwnAbsent(Proof(member)), member.NodeId)),
        (Cast.SeedNode(0), new Removed(removed, OwnAbsent(Proof(removed)))),
        (Cast.Peer(7), new Removed(removed, Proof(removed))),
        (Cast.SeedNode(0), new Removed(removed with { Epoch = 2 }, OwnAbsent(Proof(member)), Successor: member)),
    ];

    [Test]
    public void What_a_notary_seals_another_takes(
        [ValueSource(nameof(signedMessages))] (NodeAddress From, Message Message) said)
    {
        var message = NotaryOf(said.From).Seal(said.Message);

        Assert.That(IsTaken(said.From, message, out var heard), Is.True);
        Assert.That(heard, Is.SameAs(message));
        Assert.That(NotaryOf(said.From).Seal(message), Is.EqualTo(message), "sealed once");
    }

    [Test]
    public void What_is_due_and_absent_is_refused(
        [ValueSource(nameof(signedMessages))] (NodeAddress From, Message Message) said) =>
        Assert.That(IsTaken(said.From, Unsigned(said.Message), out _), Is.False);

    [Test]
    public void What_says_nothing_that_is_signed_passes_as_it_is()
    {
        var ping = new Ping(Digest: null);

        Assert.That(NotaryOf(Cast.Peer(1)).Seal(ping), Is.SameAs(ping));
        Assert.That(IsTaken(Cast.Peer(1), ping, out var heard) && ReferenceEquals(heard, ping), Is.True);
        Assert.That(IsTaken(Cast.SeedNode(1), new Removed(removed, null), out _), Is.True, "its sender's word");
    }

    [Test]
    public void A_message_of_somebody_else_is_not_its_carriers()
    {
        foreach (var (from, message) in signedMessages.Take(6))
            Assert.That(IsTaken(Cast.SeedNode(2), NotaryOf(from).Seal(message), out _), Is.False, $"{message}");
    }

    [Test]
    public void A_signature_of_another_cluster_is_worth_nothing()
    {
        var foreign = new Notary(Rules() with { Cluster = "there" }, Cast.SeedNode(1));

        foreach (var (_, message) in signedMessages.Take(4))
            Assert.That(IsTaken(Cast.SeedNode(1), foreign.Seal(message), out _), Is.False, $"{message}");
    }

    [Test]
    public void A_certificate_with_a_quorum_of_signatures_is_taken_from_anybody(
        [Values(3, 4, 5)] int voters, [Values] bool isRemoval)
    {
        var entry = isRemoval ? removed : member;

        Assert.That(IsTaken(Cast.Peer(9), new Commit(entry, Proof(entry, voters)), out _), Is.True);
    }

    [Test]
    public void Every_byte_of_a_signature_counts()
    {
        using var curve = new CurveSignatures();
        foreach (var kind in new ISignatures[] { signatures, curve })
        {
            var rules = Rules() with { Signatures = kind };
            var vote = (Vote)new Notary(rules, Cast.SeedNode(1)).Seal(signedMessages[0].Message);
            for (var place = 0; place < vote.Signature!.Length; place++)
            {
                var changed = (byte[])vote.Signature.Clone();
                changed[place] ^= 1;
                Assert.That(
                    IsTaken(rules, Cast.SeedNode(1), vote with { Signature = changed }, out _), Is.False, $"{place}");
            }

            foreach (var signature in new[] { vote.Signature[..^1], [.. vote.Signature, 0], [] })
                Assert.That(
                    IsTaken(rules, Cast.SeedNode(1), vote with { Signature = signature }, out _), Is.False);
            Assert.That(IsTaken(rules, Cast.SeedNode(1), vote, out _), Is.True);
        }
    }

    [Test]
    public void Whatever_is_changed_in_a_signed_vote_breaks_it()
    {
        var vote = (Vote)NotaryOf(Cast.SeedNode(1)).Seal(signedMessages[1].Message);
        Vote[] changed =
        [
            vote with { Proposal = round with { Counter = 18 } },
            vote with { Yes = false },
            vote with { Entry = member },
            vote with { Entry = removed with { Epoch = 4 } },
            vote with { Entry = removed with { JoinStamp = 10 } },
            vote with { Entry = removed with { NodeId = new NodeId(1) } },
            vote with { Entry = removed with { Address = Cast.Peer(2) } },
        ];

        foreach (var said in changed) Assert.That(IsTaken(Cast.SeedNode(1), said, out _), Is.False, $"{said}");
    }

    [TestCaseSource(nameof(FalseProofs))]
    public void A_certificate_that_proves_no_quorum_is_refused(
        (string Why, MembershipEntry Entry, Certificate Proof) given)
    {
        Assert.That(IsTaken(Cast.SeedNode(0), new Commit(given.Entry, given.Proof), out _), Is.False, given.Why);
        Assert.That(IsTaken(Cast.SeedNode(0), new Removed(given.Entry, given.Proof), out _), Is.False, given.Why);
    }

    [Test]
    public void An_acknowledgement_is_for_the_process_that_was_voted_on()
    {
        var ack = new RegisterAck(member.Address, 3, 9, Proof(member), member.NodeId);

        Assert.That(IsTaken(Cast.SeedNode(0), ack with { NodeId = new NodeId(1) }, out _), Is.False);
        Assert.That(IsTaken(Cast.SeedNode(0), ack with { Epoch = 4 }, out _), Is.False);
        Assert.That(IsTaken(Cast.SeedNode(0), ack with { JoinStamp = 8 }, out _), Is.False);
    }

    [Test]
    public void A_later_membership_proves_the_end_of_an_earlier_one_and_of_no_other()
    {
        var proof = Proof(member);
        Removed[] wrong =
        [
            new(removed, proof, Successor: member),
            new(removed with { Epoch = 4 }, proof, Successor: member),
            new(removed with { Epoch = 2, Address = Cast.Peer(2) }, proof, Successor: member),
            new(removed with { Epoch = 2 }, proof),
            new(removed with { Epoch = 2 }, null, Successor: member),
            // A member's own certificate ends nothing, whatever process is named beside it.
            new(removed with { NodeId = new NodeId(1) }, proof, Successor: member),
        ];

        foreach (var said in wrong) Assert.That(IsTaken(Cast.SeedNode(0), said, out _), Is.False, $"{said}");
    }

    [Test]
    public void A_node_that_needs_no_proof_hears_the_message_without_it_and_nothing_is_checked()
    {
        var counting = new CountingSignatures(signatures);
        var notary = new Notary(Rules() with { Signatures = counting }, reader);
        foreach (var (from, message) in signedMessages)
        {
            var said = NotaryOf(from).Seal(message);
            Assert.That(notary.TryCheck(from, said, new Plain(needsProof: false), out var heard), Is.True);
            Assert.That(IsTaken(from, heard, out _), Is.EqualTo(heard is Removed), $"taken for no proof: {heard}");
        }

        Assert.That(counting.Checked, Is.Zero);
    }

    private static IEnumerable<(string Why, MembershipEntry Entry, Certificate Proof)> FalseProofs()
    {
        foreach (var entry in new[] { member, removed })
        {
            var proof = Proof(entry);
            yield return ("too few", entry, Proof(entry, voters: 2));
            yield return ("one voter twice", entry, OfVoters(entry, 0, 1, 1));
            yield return ("one voter twice beside a quorum", entry, OfVoters(entry, 0, 1, 2, 1));
            yield return ("no seed node", entry, OfVoters(entry, 0, 1, 7));
            yield return ("no seed node beside a quorum", entry, OfVoters(entry, 0, 1, 2, 7));
            yield return ("another epoch", entry with { Epoch = 4 }, proof);
            yield return ("another process", entry with { NodeId = new NodeId(1) }, proof);
            yield return ("another address", entry with { Address = Cast.Peer(2) }, proof);
            yield return ("a stamp that nobody signed", entry with { JoinStamp = 10 }, proof);
            yield return ("a stamp below what was signed", entry with { JoinStamp = 8 }, proof);
            yield return ("the other operation", entry.IsAlive ? removed : member, proof);
            yield return ("signatures of each other", entry, proof with { Voters = [.. proof.Voters.Reverse()] });
            yield return ("a signature fewer", entry, proof with { Signatures = proof.Signatures![..2] });
            yield return ("none", entry, proof with { Signatures = null });
            yield return ("an absent one", entry, OwnAbsent(proof));
            yield return ("a NO", entry, WithLast(proof, Sign(Cast.SeedNode(2), "here", entry, round, yes: false)));
            yield return ("of another cluster", entry, WithLast(proof, Sign(Cast.SeedNode(2), "there", entry, round)));
        }

        yield return ("another round", removed, Proof(removed) with { Proposal = round with { Counter = 18 } });
    }

    private static Certificate WithLast(Certificate proof, byte[] signature) =>
        proof with { Signatures = [.. proof.Signatures![..^1], new(9, signature)] };

    private static byte[] Sign(
        NodeAddress voter, string cluster, MembershipEntry entry, ProposalId proposal, bool yes = true) =>
        signatures.Sign(voter, Statement.OfVote(cluster, voter, proposal, entry, yes));

    private static Certificate Proof(MembershipEntry entry, int voters = Quorum) =>
        OfVoters(entry, [.. Enumerable.Range(0, voters)]);

    /// <summary>As a seed node makes it: the first voter's own signature is due.</summary>
    private static Certificate OwnAbsent(Certificate proof) =>
        proof with { Signatures = [new(9, null), .. proof.Signatures![1..]] };

    private static Certificate OfVoters(MembershipEntry entry, params int[] voters)
    {
        var addresses = Array.ConvertAll(voters, Cast.SeedNode);
        return new Certificate(
            round, addresses,
            Array.ConvertAll(addresses, voter => new VoteSignature(9, Sign(voter, "here", entry, round))));
    }

    private static SigningRules Rules() => new("here", Cast.SeedNodes(SeedNodes), Quorum, signatures);

    private static Notary NotaryOf(NodeAddress node) => new(Rules(), node);

    private static bool IsTaken(NodeAddress from, Message message, out Message heard) =>
        IsTaken(Rules(), from, message, out heard);

    private static bool IsTaken(SigningRules rules, NodeAddress from, Message message, out Message heard) =>
        new Notary(rules, reader).TryCheck(from, message, new Plain(needsProof: true), out heard);

    private static Message Unsigned(Message message) => message switch
    {
        Commit commit => commit with { Certificate = commit.Certificate with { Signatures = null } },
        RegisterAck ack => ack with { NodeId = null },
        Removed end => end with { Certificate = end.Certificate! with { Signatures = null } },
        _ => message,
    };

    private sealed class Plain(bool needsProof) : Node
    {
        public override bool NeedsProofOf(Message message) => needsProof;

        public override void OnStart(in NodeContext context) { }

        public override void OnMessage(in Envelope envelope, in NodeContext context) { }

        public override void OnTimer(ProtocolTimer timer, in NodeContext context) { }
    }
}
