using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Wire;

/// <summary>Which messages fit a line, and what pages are counted with.</summary>
[TestFixture]
internal sealed class LineFitTests
{
    private static readonly NodeAddress longest = new(uint.MaxValue, ushort.MaxValue);
    private static readonly NodeId id = new(ulong.MaxValue);
    private static readonly MembershipEntry entry =
        new(longest, int.MaxValue, MemberState.Removed, id, long.MaxValue);

    [Test]
    public void Pages_are_counted_with_the_longest_items_of_their_lists()
    {
        var proposal = new ProposalId(longest, long.MaxValue);
        Assert.That(BytesOf(new Claim(proposal, entry)), Is.EqualTo(MessagePages.ClaimBytes));
        Assert.That(BytesOf(new HeardVote(longest, entry)), Is.EqualTo(MessagePages.HeardVoteBytes));
        Assert.That(BytesOf(new PeerListEntry(longest, int.MaxValue, long.MaxValue, int.MaxValue)),
            Is.EqualTo(MessagePages.PeerListEntryBytes));
        Assert.That(BytesOf(new OriginMarks(longest, int.MaxValue, int.MaxValue, ulong.MaxValue, ulong.MaxValue)),
            Is.EqualTo(MessagePages.OriginMarksBytes));
        Assert.That(BytesOf(new GossipKey(longest, int.MaxValue, int.MaxValue)),
            Is.EqualTo(MessagePages.GossipKeyBytes));
        Assert.That(BytesOf(longest), Is.EqualTo(MessagePages.AddressBytes));
        Assert.That(BytesOf(new byte[64]), Is.EqualTo(MessagePages.SignatureBytes));
    }

    [Test]
    public void No_message_is_longer_than_its_bound_says()
    {
        var property = Prop.ForAll(AnyMessage.Messages.ToArbitrary(), message =>
        {
            var most = ValueBound.Of(message.GetType()).Most(message, out _, out _);
            var length = MessageCodec.LengthOf(message);
            Assert.That(most + LineFit.TailBytes, Is.GreaterThanOrEqualTo(length), $"{message}");
            Assert.That(LineFit.WhyNot(message), Is.Null, $"{message}");
        });
        Check.One(Config.QuickThrowOnFailure.WithReplay(7UL, 1UL).WithMaxTest(2000), property);
    }

    [Test]
    public void What_no_line_holds_is_refused_by_the_limit_that_it_exceeds()
    {
        var claims = Enumerable.Repeat(new Claim(new ProposalId(longest, long.MaxValue), entry), 200).ToArray();
        var votes = Enumerable.Repeat(new HeardVote(longest, entry), 200).ToArray();

        Assert.That(LineFit.WhyNot(new SyncDelta(1, 1, claims, [])), Is.Null);
        Assert.That(LineFit.WhyNot(new SyncDelta(1, 1, claims, votes)),
            Does.Match("^a SyncDelta of 7[0-9]{4} bytes cannot be sent; a line has at most 65[0-9]{3}$"));
        Assert.That(LineFit.WhyNot(new Status([.. claims, claims[0]])),
            Is.EqualTo("a Status with a list of 201 entries cannot be sent; one list has at most 200"));
        Assert.That(LineFit.WhyNot(new Gossip("1", longest, 1, 1, new string('x', 32_769))),
            Is.EqualTo("a Gossip with a text of 32769 bytes cannot be sent; one text has at most 32768"));
        Assert.That(LineFit.WhyNot(new Gossip("1", longest, 1, 1, new string('\u0001', 6_000))), Does.Contain("36000"));
        Assert.That(LineFit.WhyNot(new Gossip("1", longest, 1, 1, new string('x', 32_768))), Is.Null);
        Assert.That(() => MessageCodec.Encode(new Status([.. claims, claims[0]]), hops: 1),
            Throws.InvalidOperationException.With.Message.Contains("201 entries"));
    }

    [Test]
    public void Messages_of_a_users_protocol_have_the_same_limits()
    {
        var rows = Enumerable.Range(0, 100).Select(_ => new List<string> { new('x', 1000) }).ToArray();

        Assert.That(LineFit.WhyNot(new Told(5, [1, 2], [])), Is.Null);
        Assert.That(LineFit.WhyNot(new Told(5, new double[201], [])), Does.Contain("201 entries"));
        Assert.That(LineFit.WhyNot(new Told(5, [], rows)), Does.Contain("a Told of 1"));
    }

    private static int BytesOf<T>(T item) =>
        Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(item, WireJson.Options)) + 1;

    private sealed record Told(int Round, double[] Values, List<string>[] Rows) : Message;
}
