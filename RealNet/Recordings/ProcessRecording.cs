using System.Buffers;
using System.IO.Compression;
using System.Text;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>
/// The recording of one process while it runs. The process's loop puts what it hears and does into a batch; full
/// batches become lines, and the lines a part of the file, on the thread of the <see cref="RecordingWriter"/>.
/// </summary>
internal sealed class ProcessRecording(RecordingWriter writer, string path, string startLine) : IInputObserver
{
    /// <summary>Our choice: deeds in a batch, and bytes of text that are compressed together.</summary>
    private const int BatchDeeds = 64;

    private const int PartBytes = 32 * 1024;

    // Of the loop.
    private List<Deed> batch = [];

    // Of the writer's thread.
    private readonly ArrayBufferWriter<byte> text = new();
    private readonly List<string> outputs = [];
    private Input? handled;
    private bool isBegun;
    private long entries;

    internal readonly record struct Deed(Input? Input, Output Output, EventKind? HostEvent, Instant At);

    public void Begin(in Input input)
    {
        if (batch.Count >= BatchDeeds) HandOver();
        batch.Add(new Deed(input, default, null, input.Now));
    }

    public void Did(in Output output) => batch.Add(new Deed(null, output, null, default));

    /// <summary>The host did something to the process, between two inputs.</summary>
    public void Note(EventKind hostEvent, Instant at) => batch.Add(new Deed(null, default, hostEvent, at));

    /// <summary>The process has ended.</summary>
    public void End()
    {
        HandOver();
        writer.Write(this, batch: null);
    }

    /// <summary>On the writer's thread; without a batch the recording is over.</summary>
    public void Write(List<Deed>? deeds)
    {
        foreach (var deed in deeds ?? []) Write(deed);
        if (deeds is null) WriteEnd();
        if (deeds is null || text.WrittenCount >= PartBytes) WritePart();
    }

    private void HandOver()
    {
        if (batch.Count == 0) return;
        writer.Write(this, batch);
        batch = new List<Deed>(BatchDeeds);
    }

    private void Write(in Deed deed)
    {
        if (deed.Input is { } input)
        {
            WriteHandled();
            handled = input;
        }
        else if (deed.HostEvent is { } hostEvent)
        {
            WriteHandled();
            WriteEntry(RecordingFile.LineOf(hostEvent, deed.At));
        }
        else
        {
            outputs.Add(deed.Output.Describe());
        }
    }

    /// <summary>An input's line is complete when the next one begins.</summary>
    private void WriteHandled()
    {
        if (handled is not { } input) return;
        WriteEntry(RecordingFile.LineOf(input, outputs));
        outputs.Clear();
        handled = null;
    }

    private void WriteEnd()
    {
        WriteHandled();
        WriteLine(RecordingFile.EndOf(entries));
    }

    private void WriteEntry(string line)
    {
        WriteLine(line);
        entries++;
    }

    private void WriteLine(string line)
    {
        if (!isBegun) Encoding.UTF8.GetBytes(startLine + "\n", text);
        isBegun = true;
        Encoding.UTF8.GetBytes(line + "\n", text);
    }

    /// <summary>A gzip member of its own: between parts no file is open, however many processes there are.</summary>
    private void WritePart()
    {
        if (text.WrittenCount == 0) return;
        using var file = new FileStream(path, FileMode.Append);
        using var packed = new GZipStream(file, CompressionLevel.Fastest);
        packed.Write(text.WrittenSpan);
        text.ResetWrittenCount();
    }
}
