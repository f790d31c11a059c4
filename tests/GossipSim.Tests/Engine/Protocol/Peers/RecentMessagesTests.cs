using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Sixteen rows of four: in each, the oldest gives way.</summary>
[TestFixture]
internal sealed class RecentMessagesTests
{
    private static readonly Gossip[] ofOneRow =
        [.. Enumerable.Range(1, 500).Select(Numbered).Where(gossip => gossip.KeyFingerprint % 16 == 3).Take(9)];

    [Test]
    public void The_fifth_of_a_row_takes_the_place_of_the_first_and_so_on()
    {
        RecentMessages recent = default;
        for (var latest = 0; latest < ofOneRow.Length; latest++)
        {
            recent.Add(ofOneRow[latest]);
            for (var number = 0; number < ofOneRow.Length; number++)
                Assert.That(
                    recent.Holds(ofOneRow[number]), Is.EqualTo(number <= latest && number > latest - 4),
                    $"{number} when {latest} is the latest");
        }
    }

    [Test]
    public void Rows_do_not_push_out_what_is_in_others()
    {
        RecentMessages recent = default;
        recent.Add(ofOneRow[0]);

        foreach (var other in Enumerable.Range(1, 500).Select(Numbered))
            if (other.KeyFingerprint % 16 != 3) recent.Add(other);

        Assert.That(recent.Holds(ofOneRow[0]));
    }

    [Test]
    public void Only_the_very_object_is_held_and_not_what_was_removed()
    {
        RecentMessages recent = default;
        foreach (var gossip in ofOneRow[..3]) recent.Add(gossip);

        Assert.That(recent.Holds(Numbered(ofOneRow[1].Number)), Is.False, "equal, but another");
        recent.Remove(ofOneRow[1].Key);

        Assert.That(ofOneRow[..3].Select(gossip => recent.Holds(gossip)), Is.EqualTo(new[] { true, false, true }));
    }

    private static Gossip Numbered(int number) => new($"{number}", Cast.Peer(1), Epoch: 1, number, "text");
}
