using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>However long a list is and however long its addresses are, every page fits a line and none is missing.
/// </summary>
[TestFixture]
internal sealed class MessagePagesTests
{
    private const int VotedEpoch = int.MaxValue - 5;

    /// <summary>255.100.100.100 and 255.100.100.101, with ports of five digits.</summary>
    private static NodeAddress LongAddress(int index) =>
        new(0xFF646464 + (uint)(index / 50_000), (ushort)(10_000 + (index % 50_000)));

    private static MembershipEntry LongEntry(int index, MemberState state = MemberState.Alive) => new(
        LongAddress(index), int.MaxValue - 10, state, new NodeId(ulong.MaxValue - (ulong)index),
        9_000_000_000_000_000L + index);

    [Test]
    public void Pages_hold_all_items_in_order_and_no_more_than_fits()
    {
        var property = Prop.ForAll(
            Gen.Choose(0, 2000).ToArbitrary(), Gen.Choose(1, MessagePages.Bytes).ToArbitrary(), (count, bytes) =>
            {
                int[] items = [.. Enumerable.Range(0, count)];
                var pages = MessagePages.Count(count, bytes);
                var paged = new List<int>();
                for (var page = 0; page < pages; page++)
                {
                    var told = MessagePages.Of<int>(items, page, bytes);
                    Assert.That(told.Length, Is.InRange(1, MessagePages.MostEntries));
                    Assert.That(told.Length * bytes, Is.LessThanOrEqualTo(MessagePages.Bytes));
                    paged.AddRange(told);
                }

                Assert.That(paged, Is.EqualTo(items));
                Assert.That(MessagePages.Of<int>(items, pages, bytes).Length, Is.Zero);
            });
        Check.One(Config.QuickThrowOnFailure.WithReplay(11UL, 1UL).WithMaxTest(500), property);
    }

    [Test]
    public void A_learner_is_told_all_entries_and_votes_in_lines()
    {
        var property = Prop.ForAll(
            Gen.Choose(0, 700).ToArbitrary(), Gen.Choose(0, 700).ToArbitrary(), (entries, votes) =>
            {
                var stage = new SeedNodeStage(disk: Disk(entries, votes), isTaught: false);
                stage.Host.TurnsPage();

                stage.Host.Hears(
                    stage.Others[0], new SyncDigest(new ulong[ListHashes.BucketCount], Learning: true));

                var deltas = stage.Host.SentTo<SyncDelta>(stage.Others[0]);
                RequireLines(deltas);
                Assert.That(deltas.Select(delta => delta.Page), Is.EqualTo(Enumerable.Range(1, deltas.Length)));
                Assert.That(deltas.Select(delta => delta.Pages), Is.All.EqualTo(deltas.Length));
                Assert.That(deltas.SelectMany(delta => delta.Entries).Count(), Is.EqualTo(entries));
                Assert.That(deltas.SelectMany(delta => delta.Votes).Distinct().Count(), Is.EqualTo(votes));
            });
        Check.One(Config.QuickThrowOnFailure.WithReplay(3UL, 1UL).WithMaxTest(25), property);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_page_of_news_is_asked_about_and_vouched_for_in_lines(bool areVotesSigned)
    {
        var options = new SeedNodeOptions { SeedNodes = [], AreVotesSigned = areVotesSigned };
        var stage = new SeedNodeStage(options: options, disk: Disk(0, votes: 200), isTaught: false);
        Claim[] claims = [.. Enumerable.Range(0, 200).Select(index => new Claim(
            new ProposalId(LongAddress(1), long.MaxValue), LongEntry(index) with { Epoch = VotedEpoch }))];
        stage.Host.TurnsPage();

        stage.Host.Hears(stage.Others[0], new SyncDelta(1, 1, claims, []));
        stage.Host.Hears(stage.Others[1], new Status(claims));

        RequireLines(stage.Host.Sent.Select(sending => sending.Message));
        var signed = stage.Host.SentTo<StatusReply>(stage.Others[1]).Select(reply => reply with
        {
            Signatures = [.. reply.Vouched.Select(_ => new byte[64])],
        }).ToList();
        RequireLines(signed);
        Assert.That(signed.Sum(reply => reply.Vouched.Length), Is.EqualTo(200));
    }

    [Test]
    public void Offers_and_questions_about_the_messages_of_hundreds_of_origins_are_lines()
    {
        NodeAddress[] neighbors = [Cast.Peer(1), Cast.Peer(2)];
        var stage = PeerStage.Joined(neighbors);
        for (var from = 0; from < 600; from += 200)
        {
            stage.Host.Hears(neighbors[0], new IHave([.. Enumerable.Range(from, 200).Select(index =>
                new OriginMarks(LongAddress(index), int.MaxValue - 1, High: 3, Seen: 7, Held: 7))]));
        }

        for (var index = 0; index < 600; index++)
            stage.Host.Hears(neighbors[1], new Gossip("1", LongAddress(index), int.MaxValue - 2, 1, "text"));
        stage.IsAskedBy(Cast.Peer(3));

        RequireLines(stage.Host.Sent.Select(sending => sending.Message));
        Assert.That(stage.Host.SentTo<IHave>(Cast.Peer(3)).Sum(have => have.Origins.Length), Is.GreaterThan(200));
        Assert.That(stage.Host.SentTo<IWant>(neighbors[0]).Sum(want => want.Keys.Length), Is.GreaterThan(200));
    }

    private static StableRecord[] Disk(int entries, int votes) =>
    [
        new StoreRecord(1),
        .. Enumerable.Range(0, entries).Select(index => new EntryRecord(
            LongEntry(index), new ProposalId(LongAddress(0), long.MaxValue), Cast.SeedNodes(3)[..2])),
        .. Enumerable.Range(0, votes).Select(index => new VoteRecord(
            new ProposalId(LongAddress(0), long.MaxValue), LongEntry(index) with { Epoch = VotedEpoch })),
    ];

    private static void RequireLines(IEnumerable<Message> messages)
    {
        foreach (var message in messages) Assert.That(LineFit.WhyNot(message), Is.Null);
    }
}
