using System.Globalization;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// What is resident of this process, with the garbage that is not collected yet: the most in the first tenth of an
/// attack, and the most after it. To be told of a test that runs alone.
/// </summary>
internal sealed class Residence(int attacks)
{
    private long early;
    private long late;

    public void Look(int attack)
    {
        ref var most = ref attack < attacks / 10 ? ref early : ref late;
        most = Math.Max(most, Environment.WorkingSet);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"resident {early >> 20} MiB at most in the first tenth, {late >> 20} MiB after it: {(double)late / early:F3}");
}
