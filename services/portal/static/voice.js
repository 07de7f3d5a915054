// A voice note is spoken into the field that else takes a file. A browser that cannot record gets no button.
(() => {
  if (!navigator.mediaDevices || !window.MediaRecorder) return;
  const LONGEST_MS = 10 * 60 * 1000;
  const BITS_PER_SECOND = 32_000;
  const type = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"].find(MediaRecorder.isTypeSupported);

  for (const part of document.querySelectorAll("[data-voice]")) {
    const field = document.getElementById(part.dataset.voice);
    const [button, told, heard] = ["button", "[role=status]", "audio"].map((one) => part.querySelector(one));
    const clock = part.querySelector("[aria-hidden]");
    const { record, stop, recording, kept, short, refused } = part.dataset;
    let recorder;
    let seconds;
    let asking = false;

    const show = (passed) => {
      seconds = passed;
      clock.textContent = `${Math.floor(passed / 60)}:${String(passed % 60).padStart(2, "0")}`;
    };
    const keep = ({ data }) => {
      if (seconds < 1) return;
      const files = new DataTransfer();
      files.items.add(new File([data], "voice-note", { type: data.type }));
      field.files = files.files;
      if (field.form.elements.kind) field.form.elements.kind.value = "audio";
      heard.src = URL.createObjectURL(data);
      heard.hidden = false;
    };
    const say = (name, sentence) => {
      button.textContent = name;
      told.textContent = sentence;
    };
    const begin = async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS_PER_SECOND });
      const longest = setTimeout(() => recorder.stop(), LONGEST_MS);
      const ticking = setInterval(() => show(seconds + 1), 1000);
      recorder.addEventListener("dataavailable", keep);
      recorder.addEventListener("stop", () => {
        clearTimeout(longest);
        clearInterval(ticking);
        stream.getTracks().forEach((track) => track.stop());
        say(record, seconds < 1 ? short : kept);
      });
      recorder.start();
      show(0);
      say(stop, recording);
    };

    button.addEventListener("click", () => {
      if (asking) return;
      if (recorder?.state === "recording") {
        recorder.stop();
        return;
      }
      asking = true;
      begin()
        .catch(() => say(record, refused))
        .finally(() => {
          asking = false;
        });
    });
    part.hidden = false;
  }
})();
