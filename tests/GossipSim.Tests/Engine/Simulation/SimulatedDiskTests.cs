using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 2: durable before any message leaves; a crash tears only what was not flushed.</summary>
[TestFixture]
internal sealed class SimulatedDiskTests
{
    private readonly SimulatedDisk disk = new();

    [Test]
    public void What_was_flushed_is_kept_and_the_rest_is_not()
    {
        Write(1);
        disk.Flush(out _);
        Write(2, 3);
        disk.Crash(DiskState.Kept, tear: 0.99);

        Assert.That(Durable, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Records_that_come_while_a_batch_is_written_wait_for_the_next()
    {
        Write(1, 2, 3);
        disk.Flush(out var goesOn);
        Assert.That(Durable, Is.EqualTo(new[] { 1 }));
        Assert.That(goesOn, Is.True);

        disk.Flush(out goesOn);
        Assert.That(Durable, Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(goesOn, Is.False);
    }

    [Test]
    public void A_message_is_released_with_the_batch_of_everything_before_it()
    {
        Write(1);
        disk.Hold([new Outgoing(0, NodeAddress.None, new Leave(1), 1)]);
        Write(2);
        disk.Hold([new Outgoing(0, NodeAddress.None, new Leave(2), 1)]);

        Assert.That(disk.Flush(out _).Select(held => held.Message), Is.EqualTo(new[] { new Leave(1) }));
        Assert.That(disk.Flush(out _).Select(held => held.Message), Is.EqualTo(new[] { new Leave(2) }));
    }

    [Test]
    public void A_tear_keeps_a_prefix_of_the_batch_being_written_and_what_was_flushed()
    {
        var lengths = new HashSet<int>();
        for (var tear = 0.01; tear < 1; tear += 0.01)
        {
            var torn = new SimulatedDisk();
            torn.Persist(new StoreRecord(1));
            for (ulong record = 2; record <= 4; record++) torn.Persist(new StoreRecord(record));
            torn.Flush(out _);
            torn.Crash(DiskState.Torn, tear);

            var ids = torn.Durable.Select(record => ((StoreRecord)record).StoreId).ToArray();
            Assert.That(ids, Is.EqualTo(new ulong[] { 1, 2, 3, 4 }[..ids.Length]));
            lengths.Add(ids.Length);
        }

        Assert.That(lengths, Is.EquivalentTo(new[] { 1, 2, 3, 4 }), "every cut happens");
    }

    [Test]
    public void An_empty_disk_has_nothing()
    {
        Write(1);
        disk.Flush(out _);
        disk.Crash(DiskState.Empty, tear: 0.5);

        Assert.That(Durable, Is.Empty);
    }

    [Test]
    public void Nothing_that_was_held_leaves_after_a_crash()
    {
        Write(1);
        disk.Hold([new Outgoing(0, NodeAddress.None, new Leave(1), 1)]);
        disk.Crash(DiskState.Torn, tear: 0.99);

        Assert.That(disk.IsBusy, Is.False);
        Write(2);
        Assert.That(disk.Flush(out _), Is.Empty);
    }

    private int[] Durable => [.. disk.Durable.Select(record => (int)((StoreRecord)record).StoreId)];

    private void Write(params ulong[] records)
    {
        foreach (var record in records) disk.Persist(new StoreRecord(record));
    }
}
