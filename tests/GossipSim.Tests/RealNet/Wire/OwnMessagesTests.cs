using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Wire;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Wire;

/// <summary>Messages of protocols that users wrote, as lines.</summary>
[TestFixture]
internal sealed class OwnMessagesTests
{
    private static readonly MessageTypes types = new([typeof(OwnNumber), typeof(OwnTale)]);

    private static readonly NodeAddress address = NodeAddress.Parse("127.0.0.1:7000");

    [TestCase(0.5)]
    [TestCase(-1e300)]
    [TestCase(double.NaN)]
    [TestCase(double.NegativeInfinity)]
    public void A_message_comes_back_with_its_hops_whatever_its_numbers(double value)
    {
        var message = new OwnNumber(-3, value);

        var line = MessageCodec.Encode(message, hops: 4);
        var decoded = MessageCodec.Decode(line.AsSpan(0, line.Length - 1), types);

        Assert.That((decoded.Message, decoded.Hops), Is.EqualTo(((Message?)message, 4)));
    }

    [Test]
    public void Lines_look_like_ours() => Assert.That(
        Encoding.UTF8.GetString(MessageCodec.Encode(new OwnTale(address, "hi", OwnTale.Mood.VeryBad), hops: 2)),
        Is.EqualTo("""{"type":"OWN_TALE","origin":"127.0.0.1:7000","text":"hi","now":"VERY_BAD","hops":2}""" + "\n"));

    [Test]
    public void Who_does_not_know_the_types_refuses_the_line()
    {
        var line = MessageCodec.Encode(new OwnTale(address, "hi"), hops: 1);

        Assert.That(MessageCodec.Decode(line.AsSpan(0, line.Length - 1)).Refusal, Is.EqualTo(Refusal.UnknownType));
    }

    [TestCase("""{"type":"OWN_NUMBER","number":1,"half":1e400,"hops":1}""", "NumberOutOfRange")]
    [TestCase("""{"type":"OWN_NUMBER","number":1.5,"half":1,"hops":1}""", "MalformedFields")]
    [TestCase("""{"type":"OWN_NUMBER","number":1,"half":1}""", "MalformedFields", TestName = "Hops_are_missing")]
    [TestCase("""{"type":"LEAVE","epoch":-1.5}""", "MalformedFields", TestName = "Ours_keep_their_types")]
    public void Refused(string line, string refusal) => Assert.That(
        MessageCodec.Decode(Encoding.UTF8.GetBytes(line), types).Refusal.ToString(), Is.EqualTo(refusal));

    [TestCase(typeof(OwnNumber), null)]
    [TestCase(typeof(Ping), "Ping is PING on the wire, and another message has that name")]
    [TestCase(typeof(string), "String is no message; write it as a sealed record that derives from Message")]
    [TestCase(typeof(Open), "Open is no message; write it as a sealed record that derives from Message")]
    [TestCase(typeof(Counted), "Counted cannot be written as JSON: the field \"hops\" belongs to the line itself")]
    public void What_cannot_travel_is_told(Type type, string? why) =>
        Assert.That(OwnMessages.WhyNot([type]), Is.EqualTo(why));

    internal sealed record Ping(int Number) : Message;

    internal abstract record Open(int Number) : Message;

    internal sealed record Counted(int Hops) : Message;
}
