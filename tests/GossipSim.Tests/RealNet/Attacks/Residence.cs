namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// What is resident of this process, with garbage that is not collected yet: to be told of a test that runs alone.
/// </summary>
internal sealed class Residence
{
    private readonly long before = Environment.WorkingSet;
    private long most;

    public void Look() => most = Math.Max(most, Environment.WorkingSet);

    public override string ToString() => $"resident {before / 1024} KiB before, {most / 1024} KiB at most"
        + $" ({(double)most / before:P1} of it)";
}
