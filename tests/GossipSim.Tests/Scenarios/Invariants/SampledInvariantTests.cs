using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Invariants;

/// <summary>Of very many peers, promises that remember every member judge a sample; all others judge all.</summary>
[TestFixture]
internal sealed class SampledInvariantTests
{
    private const int Ports = 1000;

    private static readonly PeerSample Sample = new(wanted: 100, Ports);

    private static readonly int Followed = Enumerable.Range(7000, Ports).First(IsFollowed);

    private static readonly int LeftOut = Enumerable.Range(7000, Ports).First(port => !IsFollowed(port));

    private readonly InvariantWatch watch = new(
        RunStory.Facts, new QuietTimings(TimeSpan.FromSeconds(24), TimeSpan.FromSeconds(16)),
        new Dictionary<string, string>(), sample: Sample);

    private static bool IsFollowed(int port) => Sample.Has(RunStory.Address(port));

    private string[] Broken => [.. watch.Outcomes().Where(row => row.Violated).Select(row => row.Name).Distinct()];

    [Test]
    public void Two_votes_on_a_sampled_member_are_seen_and_those_on_another_are_not()
    {
        VoteTwiceOn(LeftOut);
        var before = Broken;
        VoteTwiceOn(Followed);

        Assert.That(before, Is.Empty);
        Assert.That(Broken, Is.EqualTo(new[] { "oneRegistrationVotePerEpoch" }));
    }

    [Test]
    public void A_list_that_goes_back_is_seen_at_sampled_members()
    {
        GoBackAt(LeftOut);
        var before = Broken;
        GoBackAt(Followed);

        Assert.That(before, Is.Empty);
        Assert.That(Broken, Is.EqualTo(new[] { "membershipNeverGoesBack" }));
    }

    [Test]
    public void A_change_without_a_quorum_is_seen_whomever_it_concerns()
    {
        new RunStory(watch).StartSeedNodes()
            .Commit(6001, LeftOut, 1, alive: true, voters: [RunStory.SeedNodes[1]]);

        Assert.That(Broken, Is.EqualTo(new[] { "quorumForEveryChange" }));
    }

    [Test]
    public void Those_that_judge_a_sample_are_named()
    {
        var all = new InvariantWatch(
            RunStory.Facts, new QuietTimings(TimeSpan.Zero, TimeSpan.Zero), new Dictionary<string, string>());

        Assert.That(watch.Sampled, Is.EquivalentTo(new[]
        {
            "oneRegistrationVotePerEpoch", "membershipNeverGoesBack", "minoritySideFrozen",
        }));
        Assert.That(all.Sampled, Is.Empty);
    }

    private void VoteTwiceOn(int port)
    {
        var story = new RunStory(watch);
        foreach (var process in new ulong[] { 1, 2 })
            story.Tell(6001, EventKind.VoteCast, port, detail: Deciding(RunStory.Entry(port, 1, process)));
    }

    private void GoBackAt(int port)
    {
        var story = new RunStory(watch);
        foreach (var epoch in new[] { 2, 1 })
            story.Tell(
                6001, EventKind.EntryCommitted, port,
                detail: Deciding(RunStory.Entry(port, epoch, process: (ulong)epoch)));
    }

    private static Ballot Deciding(MembershipEntry entry) => new(
        new ProposalId(RunStory.SeedNodes[0], 1), entry, Quorum: 2, RunStory.SeedNodes[..2], Yes: true);
}
