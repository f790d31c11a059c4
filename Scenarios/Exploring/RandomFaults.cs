using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Exploring;

/// <summary>
/// Draws fault plans within a budget. What lasts ends before the run does, and crashed seed nodes come back, so that
/// afterwards all promises must hold. At most a minority of the seed nodes' disks is lost: more is beyond what any
/// vote can survive.
/// </summary>
internal static class RandomFaults
{
    private const ulong Stream = 0x6578706C6F726501UL;

    /// <summary>The faults that a random seed draws for the scenario, beside the scenario's own.</summary>
    public static IReadOnlyList<ScheduledFault> Draw(Scenario scenario, FaultBudget budget, long randomSeed)
    {
        var draw = new FaultDraw(scenario, budget, new NodeRandom(Mix64.Of((ulong)randomSeed, Stream)));
        var least = Math.Min(budget.Least, budget.Most);
        var count = least + draw.Below(budget.Most - least + 1);
        var faults = new List<ScheduledFault>();
        while (faults.Count < count && draw.TryNext(faults, count - faults.Count)) { }
        return faults;
    }

    /// <summary>
    /// A plan that differs from another one in a few places: what led to something new may lead further.
    /// </summary>
    public static IReadOnlyList<ScheduledFault> Mutate(
        Scenario scenario, FaultBudget budget, IReadOnlyList<ScheduledFault> parent, long randomSeed)
    {
        var draw = new FaultDraw(scenario, budget, new NodeRandom(Mix64.Of((ulong)randomSeed, Stream + 1)));
        var faults = parent.ToList();
        for (var changes = 1 + draw.Below(4); changes > 0; changes--)
        {
            switch (draw.Below(4))
            {
                case 0 when faults.Count > 1:
                    Remove(faults, faults[draw.Below(faults.Count)]);
                    break;
                case 1 or 2 when faults.Count > 0:
                    var place = draw.Below(faults.Count);
                    faults[place] = draw.Moved(faults[place], faults);
                    break;
                default:
                    draw.TryNext(faults, budget.Most - faults.Count);
                    break;
            }
        }

        return faults;
    }

    /// <summary>A crash and the restart that refers to it go together: no seed node stays down.</summary>
    private static void Remove(List<ScheduledFault> faults, ScheduledFault fault) => faults.RemoveAll(other =>
        other.Id == fault.Id || other.Struck?.Fault == fault.Id || other.Id == fault.Struck?.Fault);
}
