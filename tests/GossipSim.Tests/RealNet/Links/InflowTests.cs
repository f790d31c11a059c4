using System.Buffers;
using System.Text;
using GossipSim.RealNet.Links;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Links;

/// <summary>What came and was not read yet: in one piece and in order, whatever pieces it came in.</summary>
[TestFixture]
internal sealed class InflowTests
{
    private const int Piece = 64;

    private Inflow inflow;

    [TearDown]
    public void LetGo() => inflow.Dispose();

    [Test]
    public void With_nothing_unread_there_is_nothing()
    {
        Assert.That(Unread(), Is.Empty);

        Come("all of it");
        inflow.KeepLast(0);
        Assert.That(Unread(), Is.Empty);

        Come("more");
        Assert.That(Unread(), Is.EqualTo("more"));
    }

    [Test]
    public void What_came_in_pieces_is_unread_in_one()
    {
        Come("a line\nand the begin");
        inflow.KeepLast("and the begin".Length);
        Come("ning of ");
        Come("another");

        Assert.That(Unread(), Is.EqualTo("and the beginning of another"));
        Assert.That(inflow.Unread.IsSingleSegment, Is.True);
    }

    [Test]
    public void There_is_room_however_long_a_line_is_and_nothing_of_it_is_lost()
    {
        var expected = new StringBuilder();
        for (var number = 0; expected.Length < 100 * Piece; number++)
        {
            expected.Append(number).Append(' ');
            Come($"{number} ");
        }

        Assert.That(Unread(), Is.EqualTo(expected.ToString()));
    }

    [Test]
    public void A_short_rest_makes_room_by_moving_and_not_by_growing()
    {
        var largest = 0;
        for (var line = 0; line < 1000; line++)
        {
            Come(new string('x', 20));
            inflow.KeepLast(3);
            largest = Math.Max(largest, inflow.RoomFor(Piece).Length);
        }

        Assert.That(Unread(), Is.EqualTo("xxx"));
        Assert.That(largest, Is.LessThanOrEqualTo(Piece));
    }

    private void Come(string text)
    {
        for (var rest = Encoding.ASCII.GetBytes(text).AsMemory(); !rest.IsEmpty;)
        {
            var room = inflow.RoomFor(Piece);
            Assert.That(room.Length, Is.GreaterThanOrEqualTo(Piece / 4));
            var bytes = Math.Min(room.Length, rest.Length);
            rest[..bytes].CopyTo(room);
            inflow.Came(bytes);
            rest = rest[bytes..];
        }
    }

    private string Unread() => Encoding.ASCII.GetString(inflow.Unread.ToArray());
}
