using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Engine;
using GossipSim.Tests.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>Simulated runs with security: votes are signed there too, and change what liars can do, and nothing else.
/// </summary>
[TestFixture]
internal sealed class SignedRunTests
{
    private const string Signed = "security.mode=sharedKey";

    [Test]
    public void Every_change_is_signed_for_and_without_security_none([Values] bool isSigned)
    {
        var trial = ScenarioTrial.Of(SmallScenarios.CrashHub, isSigned ? [Signed] : []);

        Assert.That(trial.Violations, Is.Empty);
        Assert.That(trial.All(EventKind.InputRefused), Is.Empty);
        var ballots = trial.All(EventKind.EntryCommitted).Select(commit => (Ballot)commit.Event.Detail!).ToArray();
        Assert.That(ballots.Count(ballot => !ballot.Entry.IsAlive), Is.EqualTo(trial.Plan.SeedNodes));
        foreach (var ballot in ballots)
            Assert.That(ballot.Signatures?.Length, Is.EqualTo(isSigned ? ballot.Voters.Length : null));
    }

    /// <summary>The minority learns of what it missed by certificates, and on any number of threads alike.</summary>
    [Test]
    public void After_a_partition_certificates_bring_the_lists_together()
    {
        var one = ScenarioTrial.OnThreads(1, SmallScenarios.Partition, isWatched: true, Signed);
        var two = ScenarioTrial.OnThreads(2, SmallScenarios.Partition, isWatched: false, Signed);

        Assert.That(one.Violations, Is.Empty);
        Assert.That(two.Run.Fingerprint, Is.EqualTo(one.Run.Fingerprint));
    }

    [Test]
    public void A_lying_seed_node_is_refused_by_its_signatures_and_changes_nothing()
    {
        var liar =
            """
            { "id": "liar", "type": "byzantine", "behavior": "equivocate", "atSeconds": 2,
              "target": { "role": "seed", "index": [3] } }
            """;

        var trial = ScenarioTrial.Of(
            SmallScenarios.With(liar), Signed, "seedNodes.count=4", "seedNodes.quorumRule=byzantine",
            "seedNodes.byzantineFaults=1");

        Assert.That(trial.Violations, Is.Empty);
        Assert.That(
            trial.All(EventKind.InputRefused).Select(refused => (refused.Event.About, refused.Event.Detail)),
            Is.Not.Empty.And.All.EqualTo((trial.Plan[3], (object)Notary.Refusal)));
    }

    [Test]
    public void Where_votes_are_signed_only_good_signatures_count_in_the_judgement_of_a_run()
    {
        using var folder = new ScenarioFolder();
        var scenario = folder.Load(SmallScenarios.With(""), Signed);
        var facts = FactsOfRun.Of(scenario, ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch));
        var record = new RunRecord(facts);
        var entry = Cast.Member(Cast.Peer(1), joinStamp: 5);
        var proposal = new ProposalId(facts.SeedNodes[0], 1);
        NodeAddress[] voters = [.. facts.SeedNodes.Take(3)];
        var signatures = new SimulatedSignatures((ulong)scenario.RandomSeed);
        var good = Array.ConvertAll(voters, voter => new VoteSignature(5, signatures.Sign(
            voter, Statement.OfVote(scenario.Name, voter, proposal, entry, yes: true))));

        Assert.That(Votes(good), Is.EqualTo(3));
        Assert.That(Votes([new(5, null), good[1], good[2]]), Is.EqualTo(3), "its own it signs when it leaves");
        Assert.That(Votes([good[0], new(5, null), good[2]]), Is.EqualTo(2));
        Assert.That(Votes([good[0], good[2], good[1]]), Is.EqualTo(1));
        Assert.That(Votes([good[0], good[1] with { JoinStamp = 6 }, good[2]]), Is.EqualTo(2));
        Assert.That(Votes(null), Is.EqualTo(1));

        int Votes(VoteSignature[]? signed) => record.VotesOf(
            new Ballot(proposal, entry, Quorum: 2, voters, Signatures: signed), voters[0]);
    }
}
