using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

[TestFixture]
internal sealed class ParcelsTests
{
    [Test]
    public void A_parcel_is_kept_as_long_as_an_event_may_speak_of_it()
    {
        var parcels = new Parcels(worker: 3);
        var (kept, renewed, old) = (parcels.Add("kept", 10), parcels.Add("renewed", 5), parcels.Add("old", 5));
        parcels.Renew(renewed, 12);

        parcels.FreeOlderThan(10);
        var next = parcels.Add("next", 13);

        Assert.That(parcels[kept], Is.EqualTo("kept"));
        Assert.That(parcels[renewed], Is.EqualTo("renewed"));
        Assert.That(next, Is.EqualTo(old), "its place is free again");
        Assert.That(parcels[next], Is.EqualTo("next"));
        Assert.That(Parcels.WorkerOf(next), Is.EqualTo(3));
    }

    [Test]
    public void Renewing_never_shortens_a_life()
    {
        var parcels = new Parcels(worker: 0);
        var far = parcels.Add("far", 100);

        parcels.Renew(far, 7);
        parcels.FreeOlderThan(100);

        Assert.That(parcels[far], Is.EqualTo("far"));
    }

    [Test]
    public void Many_parcels_keep_their_contents_while_their_number_grows()
    {
        var parcels = new Parcels(worker: 0);
        var numbers = Enumerable.Range(0, 20_000).Select(content => parcels.Add(content, content)).ToArray();

        Assert.That(numbers.Select(number => (int)parcels[number]), Is.EqualTo(Enumerable.Range(0, 20_000)));
        Assert.That(numbers, Is.Unique);

        parcels.FreeOlderThan(19_999);
        var again = Enumerable.Range(0, 19_999).Select(content => parcels.Add(content, 30_000)).ToArray();

        Assert.That(again, Is.EquivalentTo(numbers[..^1]), "the places of all but the last are free again");
        Assert.That(parcels[numbers[^1]], Is.EqualTo(19_999));
    }
}
