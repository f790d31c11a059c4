using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Recordings;

/// <summary>What processes on sockets heard and did comes back from files, and happens again without sockets.</summary>
[TestFixture]
internal sealed class RecordingTests
{
    [Test]
    public async Task A_recorded_run_replays_with_equal_outputs()
    {
        await using var network = new RecordedNetwork(RealContractNetwork.Options());
        await network.RunAsync();

        var recordings = network.Recordings;
        Assert.That(recordings, Has.Count.EqualTo(6), "five nodes, one of them started twice");
        foreach (var recording in recordings)
        {
            var result = Replay.Run(start => new DrawingNode(start, network.Addresses), recording);
            Assert.That(result.First, Is.Null);
            Assert.That(result.ReplayedHash, Is.EqualTo(result.RecordedHash));
            Assert.That(result.Inputs, Is.EqualTo(recording.Entries.Count(entry => entry.Input is not null)));
            Assert.That(recording.Entries.Sum(entry => entry.Outputs.Count), Is.GreaterThan(10));
        }
    }

    [Test]
    public async Task Another_node_does_other_things_and_the_first_of_them_is_named()
    {
        await using var network = new RecordedNetwork(RealContractNetwork.Options());
        await network.RunAsync();
        var recording = network.Recordings[0];
        NodeAddress[] others = [.. network.Addresses.Reverse()];

        var result = Replay.Run(start => new DrawingNode(start, others), recording);

        var inputs = recording.Entries.Where(entry => entry.Input is not null).ToList();
        Assert.That(result.IsEqual, Is.False);
        Assert.That(result.ReplayedHash, Is.Not.EqualTo(result.RecordedHash));
        Assert.That(inputs[result.First!.Input].Outputs, Does.Contain(result.First.Recorded));
        Assert.That(result.First.Replayed, Is.Not.EqualTo(result.First.Recorded));
    }

    [Test]
    public async Task A_crash_is_part_of_the_recording_of_its_process()
    {
        await using var network = new RecordedNetwork(RealContractNetwork.Options());
        await network.RunAsync();

        var victim = network.Recordings.Where(recording => recording.Address == network.Addresses[2]).ToList();

        Assert.That(victim.Select(recording => recording.StartNumber), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(victim[0].Entries.Last().HostEvent, Is.EqualTo(EventKind.ProcessCrashed));
        Assert.That(victim[1].Entries.All(entry => entry.HostEvent is null), "it was running when the network stopped");
    }

    [Test]
    public void A_file_that_is_no_recording_is_refused()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, [1, 2, 3]);

        Assert.That(() => RecordingFile.Open(path), Throws.InstanceOf<InvalidDataException>());

        File.Delete(path);
    }
}
