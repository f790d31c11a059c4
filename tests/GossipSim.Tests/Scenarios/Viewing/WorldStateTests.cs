using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Pages;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Viewing;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Viewing;

/// <summary>What a seek finds: the world at a moment, from checkpoints, is the world made of all events until then.
/// </summary>
[TestFixture]
internal sealed class WorldStateTests
{
    [Test]
    public void A_state_by_checkpoints_is_the_state_by_all_events()
    {
        var moves = Gen.Choose(0, int.MaxValue).ListOf().Select(list => list.ToArray()).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithReplay(42UL, 1UL), Prop.ForAll(moves, choices =>
        {
            var bytes = StoredLogs.Write(story =>
            {
                story.At(0).StartSeedNodes();
                // Each choice makes several events, so that there are more checkpoints than are kept.
                foreach (var choice in choices) Move(story, choice);
            });
            var log = StoredLogs.Open(bytes, checkpointEvery: 2);
            var world = new WorldState(log.Facts.SeedNodes);
            for (var count = 0; ; count++)
            {
                Assert.That(StoredLogs.Snapshot(log.StateAfter(count)), Is.EqualTo(StoredLogs.Snapshot(world)));
                if (count == log.Count) return;
                log.Apply(log[count], world);
            }
        }));
    }

    [Test]
    public void A_stored_run_shows_what_a_page_showed_while_it_ran()
    {
        var bytes = StoredLogs.Write(TellAll);
        var log = StoredLogs.Open(bytes);
        using var reader = new EventLogReader(new MemoryStream(bytes), "log");
        var (live, publications) = (new WorldState(RunStory.SeedNodes), new PublicationTimes());
        var count = 0;

        foreach (var e in reader.Events())
        {
            if (e.Mark is { } mark) live.Mark(e.Seq, mark, e.At);
            else live.Apply(e.Seq, e.Node, e.At, e.Event, publications.Observe(e.Event, e.At));
            count++;
            Assert.That(
                StoredLogs.Snapshot(log.StateAfter(count)), Is.EqualTo(StoredLogs.Snapshot(live)), $"after {count}");
        }

        Assert.That(live.End, Is.Not.Null);
    }

    [Test]
    public void A_crash_can_be_watched_from_the_links_to_the_removal()
    {
        var log = StoredLogs.Open(StoredLogs.Crash);

        var before = At(log, 9);
        var crashed = At(log, 12.4);
        var suspected = At(log, 12.9);
        var after = At(log, 20);

        Assert.That(FlagsOf(before, 7002), Is.EqualTo(NodeMarks.Up | NodeMarks.Registered | NodeMarks.Started));
        Assert.That(LinksOf(before, 7002), Is.EquivalentTo(new[] { (7001, 3), (7003, 3) }));
        Assert.That(FlagsOf(crashed, 7002) & NodeMarks.Up, Is.EqualTo(NodeMarks.None));
        Assert.That(LinksOf(crashed, 7002).Select(link => link.Mask), Has.All.Not.EqualTo(3));
        Assert.That(Numbers(crashed, "suspicions"), Is.Empty);
        Assert.That(Numbers(suspected, "suspicions"), Has.Count.EqualTo(2));
        Assert.That(FlagsOf(after, 7002), Is.EqualTo(NodeMarks.Removed | NodeMarks.Started));
        Assert.That(LinksOf(after, 7002), Is.Empty);
        Assert.That(Numbers(after, "suspicions"), Is.Empty);
        Assert.That(after.GetProperty("counts").GetProperty("processCrashed").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public void A_vote_is_open_from_its_proposal_to_its_outcome_with_those_who_voted()
    {
        var ballot = new Ballot(
            new ProposalId(RunStory.SeedNodes[0], 9), RunStory.Entry(7000, 1, 5), Quorum: 2, []);
        var log = StoredLogs.Open(StoredLogs.Write(story => story
            .At(1).Tell(6000, EventKind.ProposalOpened, 7000, 1, ballot)
            .At(2).Tell(6001, EventKind.VoteCast, 7000, 1, ballot with { Voter = RunStory.SeedNodes[1], Yes = true })
            .At(3).Tell(6002, EventKind.VoteCast, 7000, 1, ballot with { Voter = RunStory.SeedNodes[2] })
            .At(4).Tell(6000, EventKind.ProposalApproved, 7000, 1, ballot)));

        var open = At(log, 3.5).GetProperty("proposals")[0];

        Assert.That(open.GetProperty("yes").ToString(), Is.EqualTo("""["127.0.0.1:6001"]"""));
        Assert.That(open.GetProperty("no").ToString(), Is.EqualTo("""["127.0.0.1:6002"]"""));
        Assert.That(open.GetProperty("op").GetString(), Is.EqualTo("register"));
        Assert.That(At(log, 4).GetProperty("proposals").GetArrayLength(), Is.Zero);
    }

    [Test]
    public void Every_voter_is_told_apart_however_many_seed_nodes_there_are()
    {
        var world = new WorldState(RunStory.SeedNodes);
        var ballot = new Ballot(new ProposalId(RunStory.SeedNodes[0], 1), RunStory.Entry(7000, 1, 5), Quorum: 50, []);
        Tell(world, EventKind.ProposalOpened, ballot);
        for (var place = 0; place < 99; place++)
        {
            var vote = ballot with { Voter = RunStory.Address(6000 + place), Yes = place % 3 != 0 };
            Tell(world, EventKind.VoteCast, vote);
            Tell(world, EventKind.VoteHeard, vote);
        }

        var open = world.Votes.Single();

        Assert.That(open.Yes, Has.Length.EqualTo(66).And.Unique);
        Assert.That(open.No, Has.Length.EqualTo(33).And.Unique);
    }

    [Test]
    public void Of_votes_that_nobody_ends_the_oldest_go()
    {
        var world = new WorldState(RunStory.SeedNodes);

        for (var number = 1; number <= OpenVotes.Most + 5; number++)
        {
            var proposal = new ProposalId(RunStory.SeedNodes[0], number);
            Tell(world, EventKind.ProposalOpened, new Ballot(proposal, RunStory.Entry(7000, 1, 5), Quorum: 2, []));
        }

        Assert.That(
            world.Votes.Select(vote => vote.Ballot.Proposal.Counter),
            Is.EqualTo(Enumerable.Range(6, OpenVotes.Most)));
    }

    [Test]
    public void A_late_commit_takes_nothing_back()
    {
        var log = StoredLogs.Open(StoredLogs.Write(story => story
            .At(1).Join(7000).At(2).CommitEverywhere(7000, 1, alive: false)
            .At(3).Join(7000, epoch: 2).Commit(6002, 7000, 1, alive: false)));

        Assert.That(FlagsOf(At(log, 3), 7000), Is.EqualTo(NodeMarks.Up | NodeMarks.Registered | NodeMarks.Started));
    }

    /// <summary>Something of everything that a page draws, and never back in time.</summary>
    private static void TellAll(RunStory story)
    {
        var strike = RunStory.Partition("split", [[RunStory.Address(7000)], [RunStory.Address(7001)]]);
        var liars = new FaultStrike("byzantine", "lies", [[RunStory.Address(7005)]], Behavior: "forge");
        var ballot = story.At(0).StartSeedNodes().Tell(6002, EventKind.SeedNodeStarted, detail: true)
            .BallotOn(7002, 1, alive: false, []);
        for (var peer = 7000; peer < 7004; peer++) story.Join(peer);
        story.At(0.5).Link(7000, 7001).Link(7001, 7002).Link(7002, 7003).Tell(6002, EventKind.LearningFinished)
            .At(1).Publish(7000, 1)
            .At(1.01).Deliver(7001, 7000, 7000, 1).Tell(7000, EventKind.GossipDuplicate, 7001)
            .At(1.3).Deliver(7002, 7001, 7000, 1, hops: 2).Deliver(7003, 7002, 7000, 1, recovered: true)
            .Tell(0, EventKind.FaultStruck, detail: strike).Tell(0, EventKind.FaultStruck, detail: liars)
            .At(2).Crash(7002).Tell(7001, EventKind.Suspected, 7002, 1, new Silence(5))
            .Tell(7003, EventKind.Suspected, 7002, 1).Tell(7003, EventKind.SuspicionCleared, 7002, 1)
            .Tell(6000, EventKind.ProposalOpened, 7002, 1, ballot)
            .Tell(6001, EventKind.VoteCast, 7002, 1, ballot with { Voter = RunStory.SeedNodes[1], Yes = true })
            .Tell(6000, EventKind.VoteHeard, 7002, 1, ballot with { Voter = RunStory.SeedNodes[1], Yes = true })
            .Tell(6002, EventKind.VoteCast, 7002, 1, ballot with { Voter = RunStory.SeedNodes[2] })
            .At(3).CommitEverywhere(7002, 1, alive: false).Unlink(7001, 7002)
            .Tell(0, EventKind.FaultEnded, detail: strike).Tell(7003, EventKind.ProcessPaused)
            .At(4).Tell(7003, EventKind.ProcessResumed).Tell(7003, EventKind.Left, number: 1)
            .Tell(7001, EventKind.FoundItselfRemoved, number: 1).Join(7002, epoch: 2);
    }

    private static void Move(RunStory story, int choice)
    {
        var (one, other) = (7000 + (choice % 5), 7000 + (choice / 5 % 5));
        story.At(choice / 1e9);
        switch (choice / 25 % 9)
        {
            case 0: story.Join(one, 1 + (choice / 1000 % 3)); break;
            case 1: story.Link(one, other); break;
            case 2: story.Unlink(one, other); break;
            case 3: story.Crash(one); break;
            case 4: story.Tell(one, EventKind.Suspected, other, 1, new Silence(5)); break;
            case 5: story.CommitEverywhere(one, 1, alive: false); break;
            case 6: story.Publish(one, 1 + (choice % 3)).Deliver(other, one, one, 1 + (choice % 3)); break;
            case 7:
                var strike = RunStory.Partition($"split-{choice % 2}", [[RunStory.Address(one)], []]);
                story.Tell(0, choice % 3 == 0 ? EventKind.FaultEnded : EventKind.FaultStruck, detail: strike);
                break;
            default: story.Tell(6000, EventKind.ProposalOpened, one, 1, story.BallotOn(one, 1, true, [])); break;
        }
    }

    private static void Tell(WorldState world, EventKind kind, Ballot ballot) => world.Apply(
        world.Seq + 1, RunStory.SeedNodes[0], Instant.Zero,
        new ProtocolEvent(kind, ballot.Entry.Address, 1, ballot), latencyBin: -1);

    private static JsonElement At(StoredEvents log, double seconds)
    {
        var count = log.PlaceAfter((long)(seconds * 1e6));
        return JsonDocument.Parse(StoredLogs.Snapshot(log.StateAfter(count))).RootElement;
    }

    private static List<string> Addresses(JsonElement snapshot) =>
        [.. snapshot.GetProperty("addresses").EnumerateArray().Select(address => address.GetString()!)];

    private static List<int> Numbers(JsonElement snapshot, string name) =>
        [.. snapshot.GetProperty(name).EnumerateArray().Select(number => number.GetInt32())];

    private static NodeMarks FlagsOf(JsonElement snapshot, int port) =>
        (NodeMarks)Numbers(snapshot, "flags")[Addresses(snapshot).IndexOf($"127.0.0.1:{port}")];

    private static List<(int Port, int Mask)> LinksOf(JsonElement snapshot, int port)
    {
        var addresses = Addresses(snapshot);
        var place = addresses.IndexOf($"127.0.0.1:{port}");
        return
        [
            .. Numbers(snapshot, "links").Chunk(3).Where(link => link[0] == place || link[1] == place).Select(link =>
                (int.Parse(addresses[link[0] == place ? link[1] : link[0]][^4..]), link[2])),
        ];
    }
}
