using System.Buffers;
using System.Text;
using GossipSim.RealNet.Security;
using GossipSim.RealNet.Wire;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Security;

/// <summary>What two ends make of each other's frames, without a network.</summary>
[TestFixture]
internal sealed class FrameGuardTests
{
    private readonly SharedKey key = SharedKey.Generate();
    private FrameGuard dialer = null!;
    private FrameGuard acceptor = null!;

    [SetUp]
    public void Greet()
    {
        var ring = new KeyRing(key);
        (dialer, acceptor) = (new FrameGuard(ring, "c", isDialer: true), new FrameGuard(ring, "c", isDialer: false));
        Assert.That(Cut(acceptor, Seal(dialer, "hello\n")), Is.EqualTo("hello|"));
        Assert.That(Cut(dialer, Seal(acceptor, "hello too\n")), Is.EqualTo("hello too|"));
    }

    [TearDown]
    public void Part()
    {
        dialer.Dispose();
        acceptor.Dispose();
    }

    [Test]
    public void Lines_come_as_they_left_with_one_code_for_all_of_them()
    {
        var frame = Seal(dialer, "one\ntwo\n\nthree\n");

        Assert.That(frame, Does.Match("^\\{\"mac\":\"[A-Za-z0-9_-]{26}\",\"bytes\":15\\}\none\ntwo\n\nthree\n$"));
        Assert.That(Cut(acceptor, frame), Is.EqualTo("one|two||three|"));
    }

    [Test]
    public void Frames_that_came_together_are_cut_one_after_the_other() =>
        Assert.That(Cut(acceptor, Seal(dialer, "one\ntwo\n") + Seal(dialer, "three\n")), Is.EqualTo("one|two|three|"));

    [Test]
    public void No_line_is_cut_before_the_last_byte_of_its_frame_has_come()
    {
        var frame = Seal(dialer, "one\ntwo\n");

        for (var length = 0; length < frame.Length; length++)
            Assert.That(Cut(acceptor, frame[..length]), Is.Empty, $"{length} bytes");
        Assert.That(Cut(acceptor, frame), Is.EqualTo("one|two|"));
    }

    [Test]
    public void A_frame_may_lie_in_many_pieces()
    {
        var first = new Piece(""u8.ToArray(), null);
        var last = first;
        foreach (var one in Encoding.ASCII.GetBytes(Seal(dialer, "one\ntwo\n"))) last = new Piece([one], last);
        var rest = new ReadOnlySequence<byte>(first, 0, last, 1);

        Assert.That(Cut(acceptor, ref rest), Is.EqualTo("one|two|"));
        Assert.That(rest.IsEmpty);
    }

    [Test]
    public void No_change_of_a_single_byte_gets_through()
    {
        var frame = Seal(dialer, "one\ntwo\n");

        for (var at = 0; at < frame.Length; at++)
        {
            foreach (var to in "0a\n\"}")
            {
                if (frame[at] == to) continue;
                var changed = frame[..at] + to + frame[(at + 1)..];
                Assert.That(Cut(acceptor, changed), Does.Not.Contain("|"), changed);
            }
        }

        Assert.That(Cut(acceptor, frame), Is.EqualTo("one|two|"), "the frame itself is still the next");
    }

    [TestCase("one\ntwo", "MacExpected")]
    [TestCase("{\"mac\":\"", "MacExpected")]
    [TestCase("{\"mac\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"bytes\":0}", "MacExpected")]
    [TestCase("{\"mac\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"bytes\":-4}", "MacExpected")]
    [TestCase("{\"mac\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"bytes\":99999999999}", "MacExpected")]
    [TestCase("{\"mac\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"bytes\":65536}", "LineTooLong")]
    [TestCase("{\"mac\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"bytes\":4}", "UnknownKey")]
    [TestCase("{\"mac\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"bytes\":3}", "MacExpected")]
    public void What_is_no_frame_is_called_so(string header, string reason) =>
        Assert.That(Cut(acceptor, header + "\none\n"), Is.EqualTo(reason));

    [Test]
    public void The_number_of_an_end_does_not_change()
    {
        using var again = new FrameGuard(new KeyRing(key), "c", isDialer: true);

        Assert.That(Cut(acceptor, Seal(again, "one\n")), Is.EqualTo("BadMac"));
        Assert.That(Cut(acceptor, Seal(dialer, "one\n")), Is.EqualTo("one|"));
    }

    [Test]
    public void A_first_frame_without_a_number_is_none()
    {
        using var fresh = new FrameGuard(new KeyRing(key), "c", isDialer: false);

        Assert.That(Cut(fresh, Seal(dialer, "one\n")), Is.EqualTo("MacExpected"));
    }

    private static string Seal(FrameGuard guard, string lines)
    {
        byte[]? buffer = null;
        return Encoding.ASCII.GetString(guard.Seal(Encoding.ASCII.GetBytes(lines), ref buffer).Span);
    }

    private static string Cut(FrameGuard guard, string frames)
    {
        var rest = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(frames));
        return Cut(guard, ref rest);
    }

    /// <summary>Every line with a bar behind it, or the reason that there are none.</summary>
    private static string Cut(FrameGuard guard, ref ReadOnlySequence<byte> rest)
    {
        var lines = "";
        Refusal wrong;
        while (guard.TryCutLine(ref rest, out var line, out wrong)) lines += Encoding.ASCII.GetString(line) + "|";
        return wrong == Refusal.None ? lines : lines + wrong;
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, Piece? before)
        {
            Memory = bytes;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
