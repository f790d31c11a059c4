using GossipSim.RealNet.Links;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Links;

/// <summary>A signal is seen by who waits already, and by who comes later.</summary>
[TestFixture]
internal sealed class RareSignalTests
{
    private RareSignal signal;

    [Test]
    public async Task Whoever_waits_is_told_when_it_is_given()
    {
        var (first, second) = (signal.WaitAsync(), signal.WaitAsync());
        Assert.That(first.IsCompleted || second.IsCompleted, Is.False);

        signal.Give();
        await Patience.UntilEndedAsync(Task.WhenAll(first, second), "both are told");
    }

    [Test]
    public void Whoever_comes_later_does_not_wait()
    {
        signal.Give();
        signal.Give();

        Assert.That(signal.WaitAsync().IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public async Task Nobody_is_forgotten_who_comes_as_it_is_given()
    {
        for (var time = 0; time < 1000; time++)
        {
            signal = default;
            using var start = new Barrier(2);
            var giving = Task.Run(() =>
            {
                start.SignalAndWait();
                signal.Give();
            });
            start.SignalAndWait();
            await Patience.UntilEndedAsync(signal.WaitAsync(), "the signal is seen");
            await giving;
        }
    }
}
