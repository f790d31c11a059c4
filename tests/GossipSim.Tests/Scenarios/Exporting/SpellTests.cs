using GossipSim.Scenarios.Exporting;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Exporting;

internal sealed class SpellTests
{
    [Test]
    public void Two_things_are_both_there_where_their_spells_meet()
    {
        Assert.That(
            Spell.Both([new(0, 5), new(7, null)], [new(1, 3), new(4, 8), new(9, null)]),
            Is.EqualTo(new Spell[] { new(1, 3), new(4, 5), new(7, 8), new(9, null) }));
        Assert.That(Spell.Both([new(0, 5)], [new(5, 8)]), Is.Empty, "one moment is no time");
        Assert.That(Spell.Both([new(0, null)], []), Is.Empty);
        Assert.That(Spell.Both([new(2, null)], [new(1, null)]), Is.EqualTo(new Spell[] { new(2, null) }));
    }
}
