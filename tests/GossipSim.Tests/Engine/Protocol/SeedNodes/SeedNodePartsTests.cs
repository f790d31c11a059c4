using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>The tables of a seed node do what plain lists would.</summary>
[TestFixture]
internal sealed class SeedNodePartsTests
{
    private static readonly Config replayed = Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(200);

    /// <summary>What happens to few members: heard, dropped.</summary>
    private static readonly Arbitrary<(int Place, bool IsHeard)[]> anySigns =
        Gen.ArrayOf(
            from place in Gen.Choose(0, 9)
            from heard in Gen.Choose(0, 2)
            select (place, heard > 0)).ToArbitrary();

    /// <summary>What happens to few addresses: voted for, or committed.</summary>
    private static readonly Arbitrary<(int Peer, int Epoch, int Process, bool IsVote)[]> anyVotes =
        Gen.ArrayOf(
            from peer in Gen.Choose(0, 2)
            from epoch in Gen.Choose(1, 5)
            from process in Gen.Choose(0, 2)
            from isVote in Gen.Choose(0, 3)
            select (peer, epoch, process, isVote > 0), 30).ToArbitrary();

    [Test]
    public void The_watch_goes_by_the_last_sign_of_life() => Prop.ForAll(anySigns, signs =>
    {
        var (order, expected, now) = (new WatchOrder(), new List<int>(), TimeSpan.Zero);
        foreach (var (place, isHeard) in signs)
        {
            now += TimeSpan.FromSeconds(1);
            expected.Remove(place);
            if (isHeard) expected.Add(place);
            if (isHeard) order.Hear(place, now);
            else order.Forget(place);
        }

        var watched = new List<int>();
        for (var place = order.First; place >= 0; place = order.After(place)) watched.Add(place);
        return watched.SequenceEqual(expected);
    }).Check(replayed);

    [Test]
    public void Silence_goes_on_where_it_stood_when_a_member_is_watched_again()
    {
        var order = new WatchOrder();
        order.Hear(0, Seconds(3));
        order.Hear(1, Seconds(4));

        order.WatchOnly([], Seconds(10));
        Assert.That(order.First, Is.EqualTo(-1));
        order.WatchOnly([2, 1, 0], Seconds(100));

        Assert.That(order.HeardAt(0), Is.EqualTo(Seconds(93)), "silent for 7 s");
        Assert.That(order.HeardAt(1), Is.EqualTo(Seconds(94)), "silent for 6 s");
        Assert.That(order.HeardAt(2), Is.EqualTo(Seconds(100)), "watched for the first time");
        Assert.That((order.First, order.After(0), order.After(1), order.After(2)), Is.EqualTo((0, 1, 2, -1)));
    }

    [Test]
    public void Nothing_is_left_of_the_silence_of_a_member_that_was_heard_of_elsewhere()
    {
        var order = new WatchOrder();
        order.Hear(0, Seconds(3));
        order.WatchOnly([], Seconds(10));

        order.Forget(0);
        order.WatchOnly([0], Seconds(100));

        Assert.That(order.HeardAt(0), Is.EqualTo(Seconds(100)));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    [Test]
    public void Votes_are_found_until_their_epoch_or_a_higher_one_is_committed() => Prop.ForAll(anyVotes, steps =>
    {
        var (votes, expected) = (new RegistrationVotes(), new List<MembershipEntry>());
        foreach (var (peer, epoch, process, isVote) in steps)
        {
            var entry = Cast.Member(Cast.Peer(peer), epoch, 1, process);
            var isNew = !expected.Exists(vote => vote.Address == entry.Address && vote.Epoch == epoch);
            if (isVote) votes.Add(entry);
            else votes.Forget(entry.Address, epoch);
            if (isVote && isNew) expected.Add(entry);
            if (!isVote) expected.RemoveAll(vote => vote.Address == entry.Address && vote.Epoch <= epoch);
            if (votes.NextEpoch(entry.Address, entry.NodeId, 0) != NextEpoch(expected, entry)) return false;
            if (votes.TryGet(entry.Address, epoch, out var cast) && !expected.Contains(cast)) return false;
        }

        var ordered = expected.OrderBy(vote => vote.Address).ThenBy(vote => vote.Epoch);
        return votes.All().SequenceEqual(ordered)
            && votes.Count == expected.Select(vote => vote.Address).Distinct().Count();
    }).Check(replayed);

    [Test]
    public void Voters_are_named_in_the_order_heard_each_once_and_equal_sequences_are_one()
    {
        var nobody = VoterSequence.Nobody();
        var (first, second, third) = (Cast.SeedNode(0), Cast.SeedNode(1), Cast.SeedNode(2));

        var heard = nobody.With(second).With(first).With(second);

        Assert.That(heard.Voters, Is.EqualTo(new[] { second, first }));
        Assert.That(nobody.With(second).With(first), Is.SameAs(heard));
        Assert.That(nobody.With(first).With(second).Voters, Is.EqualTo(new[] { first, second }));
        Assert.That(heard.With(third).Voters, Is.EqualTo(new[] { second, first, third }));
        Assert.That(nobody.Voters, Is.Empty);
    }

    [Test]
    public void Voters_in_more_orders_than_are_shared_are_still_named_right()
    {
        var nobody = VoterSequence.Nobody();
        var random = new NodeRandom(1);
        for (var vote = 0; vote < 5_000; vote++)
        {
            var order = Cast.SeedNodes(9);
            random.Shuffle(order.AsSpan());
            Assert.That(order.Aggregate(nobody, (sequence, voter) => sequence.With(voter)).Voters, Is.EqualTo(order));
        }
    }

    [Test]
    public void A_commit_settles_the_doubts_about_its_address_and_no_others()
    {
        var doubts = new Doubts();
        var (older, newer) = (Cast.Member(Cast.Peer(0), epoch: 1), Cast.Member(Cast.Peer(0), epoch: 3));
        var other = Cast.Member(Cast.Peer(1));
        foreach (var entry in new[] { older, newer, other }) doubts.Note(entry, 2);

        doubts.Settle(Cast.Member(Cast.Peer(0), epoch: 2));

        Assert.That((doubts.CountOf(older), doubts.CountOf(newer), doubts.CountOf(other)), Is.EqualTo((0, 2, 2)));
        Assert.That(doubts.Count, Is.EqualTo(2));
    }

    private static int NextEpoch(List<MembershipEntry> votes, MembershipEntry entry)
    {
        var here = votes.FindAll(vote => vote.Address == entry.Address);
        var cast = here.Where(vote => vote.NodeId == entry.NodeId).Select(vote => vote.Epoch).DefaultIfEmpty().Max();
        var taken = here.Where(vote => vote.NodeId != entry.NodeId).Select(vote => vote.Epoch).DefaultIfEmpty().Max();
        return cast > taken ? cast : taken + 1;
    }
}
