using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>
/// Writes the recordings of all processes of a run into a folder, on a thread of its own: text and compression cost
/// more than what a node does, and would become part of the latencies that a run measures.
/// </summary>
/// <remarks>
/// Memory stays bounded: for each process one open batch and one part of text, and so many batches that wait. When
/// the disk is too slow for more, the nodes wait for it.
/// </remarks>
internal sealed class RecordingWriter : IDisposable
{
    private const int WaitingBatches = 256;

    private readonly string directory;
    private readonly BlockingCollection<(ProcessRecording Of, List<ProcessRecording.Deed>? Batch)> work =
        new(WaitingBatches);

    private readonly Thread thread;
    private ExceptionDispatchInfo? failure;

    /// <exception cref="IOException">The folder cannot be made.</exception>
    public RecordingWriter(string directory)
    {
        Directory.CreateDirectory(directory);
        this.directory = directory;
        thread = new Thread(WriteAll) { IsBackground = true, Name = "recordings" };
        thread.Start();
    }

    public ProcessRecording Start(
        NodeAddress address, ulong randomSeed, int startNumber, IReadOnlyList<StableRecord> disk) => new(
            this, Path.Combine(directory, RecordingFile.NameOf(address, startNumber)),
            RecordingFile.StartOf(address, randomSeed, startNumber, disk));

    public void Write(ProcessRecording of, List<ProcessRecording.Deed>? batch) => work.Add((of, batch));

    /// <summary>Waits until everything is written. All processes have ended.</summary>
    /// <exception cref="IOException">Something could not be written, as on a full disk.</exception>
    public void Complete()
    {
        work.CompleteAdding();
        thread.Join();
        failure?.Throw();
    }

    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }

    private void WriteAll()
    {
        foreach (var (of, batch) in work.GetConsumingEnumerable())
        {
            // After a failure the rest is taken and dropped, so that no node waits for ever; Complete tells.
            if (failure is not null) continue;
            try
            {
                of.Write(batch);
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        }
    }
}
