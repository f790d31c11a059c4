using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 3: one order by (time, faults first, sender, sender's own count).</summary>
[TestFixture]
internal sealed class EventQueueTests
{
    private static readonly Config replayed = Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(300);

    private static readonly Arbitrary<(int Time, int Sender, bool Takes)[]> anySteps = Gen.ArrayOf(
        from time in Gen.Choose(0, 20)
        from sender in Gen.Choose(SimulatedEvent.World, 4)
        from takes in Gen.Choose(0, 2)
        select (time, sender, takes == 0), 200).ToArbitrary();

    [Test]
    public void Taking_and_adding_in_any_mixture_gives_the_soonest_each_time() => Prop.ForAll(anySteps, steps =>
    {
        var queue = new EventQueue();
        var naive = new List<(long Time, int Sender, uint Sequence)>();
        var sequence = 0u;
        foreach (var (time, sender, takes) in steps)
        {
            if (takes && queue.Count > 0)
            {
                var soonest = naive.Min();
                if (queue.NextTime != soonest.Time || Key(queue.Take()) != soonest) return false;
                naive.Remove(soonest);
            }
            else
            {
                queue.Add(new SimulatedEvent { Time = time, Sender = sender, Sequence = ++sequence });
                naive.Add((time, sender, sequence));
            }

            if (queue.Count != naive.Count) return false;
        }

        naive.Sort();
        return naive.All(expected => Key(queue.Take()) == expected);
    }).Check(replayed);

    [Test]
    public void The_order_of_adding_makes_no_difference()
    {
        var events = new List<SimulatedEvent>();
        for (var index = 0; index < 5000; index++)
            events.Add(new SimulatedEvent { Time = index % 17, Sender = (index % 5) - 1, Sequence = (uint)index });
        var (straight, backwards) = (new EventQueue(), new EventQueue());
        foreach (var added in events) straight.Add(added);
        for (var index = events.Count - 1; index >= 0; index--) backwards.Add(events[index]);

        while (straight.Count > 0) Assert.That(Key(backwards.Take()), Is.EqualTo(Key(straight.Take())));
    }

    [Test]
    public void The_world_comes_before_all_nodes_of_the_same_time()
    {
        var world = new SimulatedEvent { Time = 5, Sender = SimulatedEvent.World, Sequence = 99 };
        var node = new SimulatedEvent { Time = 5, Sender = 0, Sequence = 0 };

        Assert.That(world.IsBefore(node), Is.True);
        Assert.That(node.IsBefore(world), Is.False);
    }

    private static (long Time, int Sender, uint Sequence) Key(in SimulatedEvent taken) =>
        (taken.Time, taken.Sender, taken.Sequence);
}
